"""The contacts' desk: whom to call, found in four ways, and what people say about a number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler
from bot.desks.likely import Likely
from bot.screens.house.contacts import situations_named
from contacts.labels import CONTACT_KIND
from contacts.readiness.finding import find
from contacts.shapes.outside import NUMBER_FIELDS
from flows import commands as cmd
from flows.engine import Outcome
from flows.facility.numbers import card_key
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused

LONGEST_SEARCH = 100


class ContactsDesk(Desk):
    """Shows contacts to everybody, and takes what they say about the numbers."""

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

    def _called(self, act: Act) -> None:
        if act.text.strip():
            self._search(act)
        else:
            self.show(act.member, "contacts")

    def _way(self, act: Act) -> Outcome | None:
        roster = self.engine.roster()
        match act.words:
            case ("search",):
                return self.order(cmd.AskMember(FACILITY, "contact_search"), act)
            case (("systems" | "situations" | "kinds" | "inside") as way,):
                self.show(act.member, f"contacts_{way}")
            case ("kind", kind) if kind in CONTACT_KIND:
                self.show(act.member, "contacts_of_kind", kind=kind)
            case ("situation", playbook) if playbook in self.engine.handbook.playbooks:
                self.show(act.member, "contacts_of_situation", playbook=playbook)
            case ("system", key) if system := roster.system(key):
                vendor = roster.vendor_of(system)
                if vendor is None:
                    self.show(act.member, "contacts_no_vendor", system=key)
                else:
                    self._card(act.member, vendor.id)
            case _:
                raise Refused("stale")
        return None

    def _search(self, act: Act) -> None:
        text = act.text.strip()
        if len(text) > LONGEST_SEARCH:
            raise Refused("too_long", most=LONGEST_SEARCH, length=len(text))
        self.show(act.member, "contacts_found", text=text)

    def _searched(self, act: Act) -> Outcome:
        self._search(act)
        return self.answered(act)

    def _known(self, act: Act) -> str:
        if not act.words or self.engine.roster().contact(act.words[0]) is None:
            raise Refused("stale")
        return act.words[0]

    def _card(self, to: str, contact: str) -> None:
        card = Owed(to, "contact", data={"contact": contact}, key=card_key(contact), priority=1)
        self.engine.owe([card], self.now())

    # ── what is said about a number ─────────────────────────────────────────────────────────────────────────────────

    def _verified(self, act: Act) -> Outcome:
        return self.order(cmd.VerifyNumber(FACILITY, self._known(act)), act)

    def _doubted(self, act: Act) -> Outcome:
        return self.order(cmd.DoubtNumber(FACILITY, self._known(act), _field(act)), act)

    def _number(self, act: Act) -> Outcome | None:
        """Ask for the new number; for which, where somebody has several."""
        contact = self.engine.roster().contact(self._known(act))
        several = contact is not None and any(getattr(contact, name) for name in NUMBER_FIELDS[1:])
        if several and len(act.words) == 1:
            self.show(act.member, "number_which", contact=act.words[0])
            return None
        about = {"contact": act.words[0], "which": _field(act)}
        return self.order(cmd.AskMember(FACILITY, "new_number", about), act)

    def _entered(self, act: Act) -> Outcome:
        """Take the new number; one that can't be dialled is asked for again."""
        about = act.about
        try:
            entered = self.order(cmd.EnterNumber(FACILITY, str(about["contact"]), act.text, str(about["which"])), act)
        except Refused as refusal:
            if refusal.name != "bad_number":
                self.answered(act)
            raise
        self.answered(act)
        return entered


def _field(act: Act) -> str:
    """Give the number that a button is about: the second word is its place, the first number if there is none."""
    match act.words[1:]:
        case ():
            return NUMBER_FIELDS[0]
        case (place,) if place in ("0", "1", "2"):
            return NUMBER_FIELDS[int(place)]
        case _:
            raise Refused("stale")
