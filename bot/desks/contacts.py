"""The contacts' desk: whom to call, found in four ways, and what people say about a number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler, told
from bot.desks.likely import Likely
from bot.screens.house.contacts import situations_named
from contacts.labels import CONTACT_KIND
from contacts.readiness.finding import find
from contacts.shapes.outside import NUMBER_FIELDS
from flows.commands.contacts import DoubtNumber, EnterNumber, VerifyNumber
from flows.commands.facility import AskMember
from flows.deeds import Deed
from flows.facility.numbers import card_key
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused

LONGEST_SEARCH = 100


class ContactsDesk(Desk):
    """Shows contacts to everybody, and takes what they say about the numbers."""

    main = ("contacts", None)

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/contacts``, with or without a word to search."""
        return {"/contacts": self._called}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus about contacts."""
        return {
            "contacts": self._way, "contact": lambda act: self._card(act.member, self._known(act)),
            "verified": self._verified, "wrong": self._doubted, "new_number": self._number,
        }  # fmt: skip

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read a word to search, and a new number."""
        return {"contact_search": self._searched, "new_number": self._entered}

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text is an answer: a word that finds somebody is one, even if it sounds like a report."""
        return super().is_answer(act, what, likely) or (what == "contact_search" and self._finds(act.text))

    def _finds(self, text: str) -> bool:
        return bool(find(self.engine.roster(), text) or situations_named(self.engine.handbook.playbooks.values(), text))

    # ── ways to somebody ────────────────────────────────────────────────────────────────────────────────────────────

    def _called(self, act: Act) -> Deed:
        return self._search(act) if act.text.strip() else self.show(act.member, "contacts")

    def _way(self, act: Act) -> Deed:
        roster = self.engine.roster()
        match act.words:
            case ("search",):
                return Deed(AskMember(FACILITY, "contact_search"))
            case (("systems" | "situations" | "kinds" | "inside") as way,):
                return self.show(act.member, f"contacts_{way}")
            case ("kind", kind) if kind in CONTACT_KIND:
                return self.show(act.member, "contacts_of_kind", kind=kind)
            case ("situation", playbook) if playbook in self.engine.handbook.playbooks:
                return self.show(act.member, "contacts_of_situation", playbook=playbook)
            case ("system", key) if system := roster.system(key):
                vendor = roster.vendor_of(system)
                if vendor is None:
                    return self.show(act.member, "contacts_no_vendor", system=key)
                return self._card(act.member, vendor.id)
            case _:
                raise Refused("stale")

    def _search(self, act: Act) -> Deed:
        text = act.text.strip()
        if len(text) > LONGEST_SEARCH:
            raise Refused("too_long", most=LONGEST_SEARCH, length=len(text))
        return self.show(act.member, "contacts_found", text=text)

    def _searched(self, act: Act) -> Deed:
        return Deed(self._search(act), answers=True)

    def _known(self, act: Act) -> str:
        if not act.words or self.engine.roster().contact(act.words[0]) is None:
            raise Refused("stale")
        return act.words[0]

    def _card(self, to: str, contact: str) -> Deed:
        return Deed(Owed(to, "contact", data={"contact": contact}, key=card_key(contact), priority=1))

    # ── what is said about a number ─────────────────────────────────────────────────────────────────────────────────

    def _verified(self, act: Act) -> Deed:
        return Deed(VerifyNumber(FACILITY, self._known(act)))

    def _doubted(self, act: Act) -> Deed:
        return Deed(DoubtNumber(FACILITY, self._known(act), _field(act)))

    def _number(self, act: Act) -> Deed:
        """Ask for the new number; for which, where somebody has several."""
        contact = self.engine.roster().contact(self._known(act))
        self.only(EnterNumber(FACILITY, act.words[0], ""), act)
        several = contact is not None and any(getattr(contact, name) for name in NUMBER_FIELDS[1:])
        if several and len(act.words) == 1:
            return self.show(act.member, "number_which", contact=act.words[0])
        about = {"contact": act.words[0], "which": _field(act)}
        return Deed(AskMember(FACILITY, "new_number", about))

    def _entered(self, act: Act) -> Deed:
        """Take the new number; one that can't be dialled is asked for again."""
        about = act.about
        order = EnterNumber(FACILITY, str(about["contact"]), act.text, str(about["which"]))
        return Deed(order, answers=True, or_else=lambda refusal: told(refusal, void=refusal.name != "bad_number"))


def _field(act: Act) -> str:
    """Give the number that a button is about: the second word is its place, the first number if there is none."""
    match act.words[1:]:
        case ():
            return NUMBER_FIELDS[0]
        case (place,) if place in ("0", "1", "2"):
            return NUMBER_FIELDS[int(place)]
        case _:
            raise Refused("stale")
