"""What buttons ask about contacts and their numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from bot.screens.requests.request import Request
from contacts.labels import CONTACT_KIND
from contacts.shapes.outside import NUMBER_FIELDS

NumberPlace = Annotated[int, range(len(NUMBER_FIELDS))]
"""Which of a contact's numbers: its place in ``NUMBER_FIELDS``."""


class ShowWay(Request, kept="contacts|{way}", label="contacts.way.{way}"):
    """Show a way to somebody's number."""

    way: Literal["systems", "situations", "kinds", "inside"]


class SearchContact(Request, kept="contacts|search", label="contacts.way.search"):
    """Ask for a word to search."""


class ShowKind(Request, kept="contacts|kind|{kind}"):
    """List the contacts of a kind."""

    kind: Annotated[str, CONTACT_KIND]


class ShowSituation(Request, kept="contacts|situation|{playbook}"):
    """List whom a playbook calls."""

    playbook: str


class ShowVendor(Request, kept="contacts|system|{system}"):
    """Show who keeps a system."""

    system: str


class OfContact(Request):
    """Something about a contact."""

    contact: str


class ShowContact(OfContact, kept="contact|{contact}", label="button.see_card"):
    """Show a contact's card."""


class NumberIsRight(OfContact, kept="verified|{contact}", label="button.verified_today"):
    """Keep that the numbers were verified today."""


class NumberIsWrong(OfContact, kept="wrong|{contact}|{place}", label="button.number_wrong"):
    """Report a wrong number."""

    place: NumberPlace


class AskNumber(OfContact, kept="new_number|{contact}", label="button.new_number"):
    """Ask for the new number, or which of several it is."""


class AskNumberAt(OfContact, kept="new_number|{contact}|{place}"):
    """Ask for one of somebody's numbers."""

    place: NumberPlace
