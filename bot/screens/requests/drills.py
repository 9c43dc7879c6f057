"""What buttons ask about the calendar of drills."""

from __future__ import annotations

from datetime import date
from typing import Literal

from bot.screens.requests.request import Request


class OfDrill(Request):
    """Something about a drill to come; ``turn`` is that of the entry that set its date, so an old date's button is stale."""

    turn: int


class ShowDrill(OfDrill, kept="drill|show|{turn}"):
    """Show a drill with all that can be done about it."""


class StartIt(OfDrill, kept="drill|start|{turn}", label="button.drill_start"):
    """Start a drill; outside its hour, ask whether it is meant."""


class StartItNow(OfDrill, kept="drill|now|{turn}", label="button.drill_start_now"):
    """Start a drill, whatever its hour."""


class AskDrillReason(OfDrill, kept="drill|{move}|{turn}", label="button.drill_{move}"):
    """Ask why a drill is postponed or cancelled."""

    move: Literal["later", "cancel"]


class ShowScenarios(OfDrill, kept="drill|other|{turn}", label="button.drill_other"):
    """Offer other scenarios for a drill."""


class TakeScenario(OfDrill, kept="drill|play|{turn}|{number}"):
    """Play this scenario, by its place among those for this facility."""

    number: int


class ShowVendors(OfDrill, kept="drill|vendors|{turn}", label="button.drill_vendors"):
    """Ask which vendor is invited to a drill."""


class InviteThem(OfDrill, kept="drill|invite|{turn}|{contact}"):
    """Invite a vendor to a drill, and make their letter."""

    contact: str


class UninviteThem(OfDrill, kept="drill|uninvite|{turn}|{contact}", label="button.drill_uninvite"):
    """Take a vendor's invitation to a drill back."""

    contact: str


class ShowYear(Request, kept="drills|year|{year}", label="button.drills_year"):
    """List the drills of a fiscal year."""

    year: int


class ShowKinds(Request, kept="drills|{what}", label="button.drills_{what}"):
    """Offer the kinds of drills, to add one or to change how it is held."""

    what: Literal["add", "cadence"]


class OfKind(Request):
    """Something about a kind of drill."""

    kind: str


class AddDrill(OfKind, kept="drills|add|{kind}"):
    """Ask on which day a drill is added."""


class AddDrillOn(OfKind, kept="drills|add|{kind}|{day}", label="button.drill_on_day"):
    """Add a drill on a day."""

    day: date


class ShowCadence(OfKind, kept="drills|cadence|{kind}"):
    """Show how a kind is held."""


class HoldEvery(OfKind, kept="cadence|{kind}|every|{months}", label="calendar.every"):
    """Hold a kind every so many months; 0 is never."""

    months: int


class Announce(OfKind, kept="cadence|{kind}|announce|{wish}", label="button.drill_announced.{wish}"):
    """Announce the drills of a kind, or hold them unannounced."""

    wish: Literal["yes", "no"]


class AskWeekdays(OfKind, kept="cadence|{kind}|weekdays", label="button.drill_weekdays"):
    """Ask on which weekdays a kind is held."""
