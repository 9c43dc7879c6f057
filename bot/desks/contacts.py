"""The contacts' desk: whom to call, found in four ways, and what people say about a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.desks.desk import Act, Desk, Handler, Reader, RequestHandler, there, told
from bot.desks.likely import Likely
from bot.screens.house.contacts import situations_named
from bot.screens.requests.contacts import (
    AddContract,
    AskContract,
    AskNumber,
    AskNumberAt,
    CameBack,
    KeepNumberOffered,
    NameNumberOffered,
    NumberIsRight,
    NumberIsWrong,
    OfContact,
    SearchContact,
    SetRenewal,
    ShowContact,
    ShowContract,
    ShowKind,
    ShowSituation,
    ShowVendor,
    ShowWay,
    TakeNumberOut,
)
from bot.screens.requests.request import Request
from contacts.model import Contact, Contract
from contacts.readiness.finding import find, sounds
from contacts.rows.sheets import CONTACTS, CONTRACTS
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.keys import new_key
from contacts.written.mistakes import Unreadable
from contacts.written.outsiders import OTHERWISE, may_be_called, outsider
from contacts.written.phone import read_numbers
from flows.commands.contacts import (
    DoubtNumber,
    EnterNumber,
    KeepNumber,
    OfferNumber,
    TakeNumberBack,
    VerifyNumber,
)
from flows.commands.facility import AskMember, PutRegistry, RegistryRow
from flows.deeds import Deed
from flows.facility.numbers import card_key
from flows.messages.contacts import (
    ContactsFound,
    ContactShown,
    ContactsInside,
    ContactsKinds,
    ContactsNoVendor,
    ContactsOffered,
    ContactsOfKind,
    ContactsOfSituation,
    ContactsSituations,
    ContactsSystems,
    ContractShown,
    ContractsShown,
    ContractUnread,
    NumberWhich,
)
from flows.messages.message import Message
from flows.powers import KEEPERS
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.scene.circle import may_be_delicate

LONGEST_SEARCH = 100
MOST_OFFERED = 2
"""Numbers of one text that are offered to be kept."""

WAYS: Mapping[str, Message] = {
    "systems": ContactsSystems(),
    "situations": ContactsSituations(),
    "kinds": ContactsKinds(),
    "inside": ContactsInside(),
    "contracts": ContractsShown(),
}
"""Screens on which somebody is found."""


class ContactsDesk(Desk):
    """Shows contacts to everybody, and takes what they say about the numbers."""

    main = (ContactsOffered(), None)
    prose = frozenset({"contract_field"})

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/contacts``, with or without a word to search."""
        return {"/contacts": self._called}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about contacts."""
        return {
            SearchContact: lambda act, asked: Deed(AskMember(FACILITY, "contact_search")),
            ShowWay: lambda act, asked: self.show(act.member, WAYS[asked.way]),
            ShowKind: lambda act, asked: self.show(act.member, ContactsOfKind(asked.kind)),
            ShowSituation: self._situation,
            ShowVendor: self._vendor,
            ShowContact: lambda act, asked: self._card(act.member, self._known(asked)),
            NumberIsRight: lambda act, asked: Deed(VerifyNumber(FACILITY, self._known(asked).id)),
            NumberIsWrong: self._doubted,
            AskNumber: self._number,
            AskNumberAt: self._number_at,
            ShowContract: lambda act, asked: self.show(act.member, ContractShown(self._contract(asked).id)),
            AskContract: self._ask_contract,
            SetRenewal: self._renews,
            AddContract: self._add_contract,
            CameBack: self._came_back,
            KeepNumberOffered: self._keep_offered,
            NameNumberOffered: self._name_offered,
            TakeNumberOut: lambda act, asked: Deed(TakeNumberBack(FACILITY, asked.turn)),
        }

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Give what reads an answer strictly."""
        return {"new_number": read_numbers}

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read a word to search, and a new number."""
        return {
            "contact_search": self._searched,
            "new_number": self._entered,
            "contact_name": self._of_somebody,
            "contract_field": self._agreed,
            "new_contract": self._new_contract,
        }

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text is an answer: a word that finds somebody is one, even if it sounds like a report.

        To whose number it is only a name is; anything else is heard as ever, and the question stays.
        """
        if what == "contact_name":
            another = likely.sure or (likely.playbooks and outsider(act.text) == OTHERWISE)
            return not another and may_be_called(act.text, [m.name for m in self.engine.roster().active()])
        return super().is_answer(act, what, likely) or (what == "contact_search" and self._finds(act.text))

    def _finds(self, text: str) -> bool:
        return bool(find(self.engine.roster(), text) or situations_named(self.engine.handbook.playbooks.values(), text))

    # ── ways to somebody ────────────────────────────────────────────────────────────────────────────────────────────

    def _called(self, act: Act) -> Deed:
        return self._search(act) if act.text.strip() else self.show(act.member, ContactsOffered())

    def _situation(self, act: Act, asked: ShowSituation) -> Deed:
        playbook = there(self.engine.handbook.playbooks.get(asked.playbook)).playbook
        return self.show(act.member, ContactsOfSituation(playbook))

    def _vendor(self, act: Act, asked: ShowVendor) -> Deed:
        roster = self.engine.roster()
        system = there(roster.system(asked.system))
        vendor = roster.vendor_of(system)
        if vendor is None:
            return self.show(act.member, ContactsNoVendor(system.id))
        return self._card(act.member, vendor)

    def _search(self, act: Act) -> Deed:
        text = act.text.strip()
        if len(text) > LONGEST_SEARCH:
            raise Refused("too_long", most=LONGEST_SEARCH, length=len(text))
        return self.show(act.member, ContactsFound(text))

    def _searched(self, act: Act) -> Deed:
        return Deed(self._search(act), answers=True)

    def _known(self, asked: OfContact) -> Contact:
        return there(self.engine.roster().contact(asked.contact))

    def _card(self, to: str, contact: Contact) -> Deed:
        return Deed(Owed(to, ContactShown(contact.id), key=card_key(contact.id), priority=AT_ONCE))

    # ── what is said about a number ─────────────────────────────────────────────────────────────────────────────────

    def _doubted(self, act: Act, said: NumberIsWrong) -> Deed:
        return Deed(DoubtNumber(FACILITY, self._known(said).id, NUMBER_FIELDS[said.place]))

    def _number(self, act: Act, asked: AskNumber) -> Deed:
        """Ask for the new number; for which, where somebody has several."""
        contact = self._known(asked)
        self.only(EnterNumber(FACILITY, contact.id, ""), act)
        if any(getattr(contact, name) for name in NUMBER_FIELDS[1:]):
            return self.show(act.member, NumberWhich(contact.id))
        return self._number_at(act, AskNumberAt(contact.id, 0))

    def _number_at(self, act: Act, asked: AskNumberAt) -> Deed:
        contact = self._known(asked)
        self.only(EnterNumber(FACILITY, contact.id, ""), act)
        about = {"contact": contact.id, "which": NUMBER_FIELDS[asked.place]}
        return Deed(AskMember(FACILITY, "new_number", about))

    def _entered(self, act: Act) -> Deed:
        """Take the new number; one that can't be dialled is asked for again."""
        about = act.about
        order = EnterNumber(FACILITY, str(about["contact"]), act.text, str(about["which"]))
        return Deed(order, answers=True, or_else=lambda refusal: told(refusal, void=refusal.name != "bad_number"))

    # ── numbers that somebody wrote ─────────────────────────────────────────────────────────────────────────────────

    def offered(self, numbers: Sequence[str], text: str, member: str) -> Deed:
        """Offer numbers that a text holds to whoever keeps the contacts; not of a matter that only a few may know of."""
        context = self.engine.context(self.now(), member)
        runs = self.live_runs(member)
        if any(may_be_delicate(run, context) for run in runs):
            return Deed()
        drill = bool(runs) and all(run.drill for run in runs)
        offers = [
            OfferNumber(FACILITY, n, self._named_in(text), *outsider(text), drill) for n in numbers[:MOST_OFFERED]
        ]
        return Deed(*(Deed(offer, or_else=lambda _: Deed()) for offer in offers), by=member)

    def _named_in(self, text: str) -> str:
        """Give the contact that a text calls by name, if it is one alone."""
        plain, contacts = sounds(text), self.engine.roster().contacts
        named = [c.id for c in contacts if len(name := sounds(c.name)) > 1 and name in plain]
        return named[0] if len(named) == 1 else ""

    def _keep_offered(self, act: Act, asked: KeepNumberOffered) -> Deed:
        offered = there(self.engine.house.offers.get(asked.turn))
        if self.engine.roster().contact(offered.contact) is None:
            return self._name_offered(act, NameNumberOffered(asked.turn))
        return Deed(KeepNumber(FACILITY, offered.turn, offered.contact))

    def _name_offered(self, act: Act, asked: NameNumberOffered) -> Deed:
        """Ask whose it is, of whoever may keep it, as long as nobody has."""
        offered = there(self.engine.house.offers.get(asked.turn))
        self.only(KEEPERS, act)
        if offered.state != "waits":
            raise Refused("offer_used")
        return Deed(AskMember(FACILITY, "contact_name", {"of": offered.turn}))

    def _of_somebody(self, act: Act) -> Deed:
        """Take whose number it is: somebody who is known by just this name, or somebody new."""
        of = int(act.about["of"])
        try:
            name = CONTACTS.column("name").form.read(act.text.strip())
        except Unreadable as unreadable:
            return self.show(act.member, ContractUnread(unreadable.reason.as_json()))
        known = [c.id for c in self.engine.roster().contacts if sounds(c.name) == sounds(name)]
        order = KeepNumber(FACILITY, of, known[0]) if len(known) == 1 else KeepNumber(FACILITY, of, name=name)
        return Deed(order, answers=True, or_else=lambda refusal: told(refusal, void=True))

    def _came_back(self, act: Act, said: CameBack) -> Deed:
        """Keep the day on which a sheet came back; signed, it answers what a vendor is asked once a year, too."""
        contact = self._known(said)
        today = self.engine.context(self.now(), act.member).today
        days = {"signed": {"signed_on": today, "asked_on": today}, "disclosed": {"disclosed_on": today}}[said.what]
        before = self.engine.journal.registry("contact").get(contact.id)
        row = RegistryRow("contact", contact.id, contact.model_copy(update=days).model_dump_json(), before)
        return Deed(PutRegistry(FACILITY, (row,)), self._card(act.member, contact))

    # ── contracts ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _contract(self, asked: ShowContract | AskContract | SetRenewal) -> Contract:
        return there(next((c for c in self.engine.roster().contracts if c.id == asked.contract), None))

    def _ask_contract(self, act: Act, asked: AskContract) -> Deed:
        self.only(KEEPERS, act)
        about = {"contract": self._contract(asked).id, "field": asked.field}
        return Deed(AskMember(FACILITY, "contract_field", about))

    def _renews(self, act: Act, asked: SetRenewal) -> Deed:
        return self._put(act, self._contract(asked), auto_renewal=asked.wish == "yes")

    def _agreed(self, act: Act) -> Deed:
        """Take what a contract says, read as the workbook's cell would be; what can't be read is asked for again."""
        field = str(act.about["field"])
        contract = self._contract(ShowContract(str(act.about["contract"])))
        try:
            value = CONTRACTS.column(field).form.read(act.text.strip())
        except Unreadable as unreadable:
            return self.show(act.member, ContractUnread(unreadable.reason.as_json()))
        return Deed(self._put(act, contract, **{field: value}), answers=True)

    def _put(self, act: Act, contract: Contract, **changed: object) -> Deed:
        before = self.engine.journal.registry("contract").get(contract.id)
        row = RegistryRow("contract", contract.id, contract.model_copy(update=changed).model_dump_json(), before)
        return Deed(PutRegistry(FACILITY, (row,)), self.show(act.member, ContractShown(contract.id)))

    def _add_contract(self, act: Act, asked: AddContract) -> Deed:
        self.only(KEEPERS, act)
        return Deed(AskMember(FACILITY, "new_contract", {"contact": self._known(asked).id}))

    def _new_contract(self, act: Act) -> Deed:
        """Enter a contract by its name, for the systems that the vendor keeps."""
        roster = self.engine.roster()
        vendor = self._known(ShowContact(str(act.about["contact"])))
        try:
            name = CONTRACTS.column("name").form.read(act.text.strip())
        except Unreadable as unreadable:
            return self.show(act.member, ContractUnread(unreadable.reason.as_json()))
        today = self.engine.context(self.now(), act.member).today
        key = new_key("contract", name, today, {c.id for c in roster.contracts})
        kept = tuple(system.id for system in roster.systems if roster.vendor_of(system) == vendor)
        return Deed(self._put(act, Contract(id=key, name=name, vendor=vendor.id, systems=kept)), answers=True)
