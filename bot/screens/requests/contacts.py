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

    way: Literal["systems", "situations", "kinds", "inside", "contracts"]


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


class KeepNumberOffered(Request, kept="keep_number|{turn}", label="button.keep_number"):
    """Keep a number that somebody wrote, offered at ``turn``; whose it is is asked where that isn't known."""

    turn: int


class NameNumberOffered(Request, kept="keep_number|{turn}|new", label="button.keep_number_new"):
    """Keep it of somebody else than it seems to be of: whose it is is asked."""

    turn: int


class TakeNumberOut(Request, kept="keep_number|{turn}|back", label="button.undo"):
    """Take it out of the contacts again."""

    turn: int


ContractField = Literal["end", "notice_days", "emergency_clause", "notification", "data_return"]
"""What can be entered of a contract in the chat."""


class ShowContract(Request, kept="contract|{contract}"):
    """Show a contract."""

    contract: str


class AskContract(Request, kept="contract|{contract}|{field}", label="button.contract.{field}"):
    """Ask for one thing that a contract says."""

    contract: str
    field: ContractField


class SetRenewal(Request, kept="renews|{contract}|{wish}", label="button.contract.renews.{wish}"):
    """Enter whether a contract renews itself."""

    contract: str
    wish: Literal["yes", "no"]


class AddContract(OfContact, kept="new_contract|{contact}", label="button.contract.new"):
    """Ask what the contract with a vendor is called."""


class CameBack(OfContact, kept="came_back|{contact}|{what}", label="button.came_back.{what}"):
    """Keep that a vendor's signed confirmation, or their security disclosure, came today."""

    what: Literal["signed", "disclosed"]
