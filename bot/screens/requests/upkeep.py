"""What buttons ask about what time has made due, and about how ready we are."""

from __future__ import annotations

from typing import Annotated, Literal

from bot.screens.requests.request import Request
from contacts.readiness.questions import END_STEPS


class ShowReadiness(Request, kept="readiness", label="button.ready.all"):
    """List all that makes us ready."""


class ShowItem(Request, kept="ready|{item}", label="button.ready.item"):
    """Lead to where an item of readiness is done."""

    item: str


class SayHandedOn(Request, kept="seal_out|{seq}|{keeper}", label="button.seal_out"):
    """Say that a seal was sent to its keeper outside."""

    seq: int
    keeper: str


class OfMatter(Request):
    """Something about a matter, by its mark."""

    mark: str


class ShowMatter(OfMatter, kept="matter|{mark}", label="button.matter.open"):
    """Show the card of a matter."""


class ShowNumber(OfMatter, kept="number|{mark}", label="button.matter.check"):
    """Show a contact whose number is to be looked at, by the mark of its id."""


class StandIn(OfMatter, kept="stand|{mark}|{member}", label="button.matter.stand"):
    """Make a member the deputy that is missing."""

    member: str


WayToSettle = Literal[
    "help", "note", "proof", "later", "keep", "leave", "given", "ends", "works", "broken", "restored", "failed"
]
"""What can be said of a matter on its card."""


class SettleMatter(Request, kept="settle|{way}|{mark}|{seen}", label="button.matter.{way}"):
    """Do what a card says; ``seen`` is the digest of the row that it showed."""

    way: WayToSettle
    mark: str
    seen: str


class TickEnd(OfMatter, kept="settle|tick|{mark}|{seen}|{step}", label="button.matter.tick"):
    """Tick what is done when a contract has ended, or take the tick away."""

    seen: str
    step: Annotated[str, END_STEPS]
