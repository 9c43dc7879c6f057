"""What buttons ask while a drill runs, and after it."""

from __future__ import annotations

from typing import Literal

from bot.screens.requests.request import Request


class ShowHolding(Request, kept="hold", label="button.drill_hold"):
    """Ask which drill is to be held at once."""


class HoldKind(Request, kept="hold|{kind}"):
    """Hold a drill of a kind at once, or ask for its scenario."""

    kind: str


class HoldScenario(Request, kept="hold|{kind}|{number}"):
    """Hold a scenario at once, by its place among those for this facility."""

    kind: str
    number: int


class OfDrillRun(Request):
    """Something about a drill that runs or has ended."""

    run: str


class SpeakNameless(OfDrillRun, kept="nameless|{run}", label="button.feedback.no"):
    """Take what somebody says without their name."""


class ItIsReal(OfDrillRun, kept="real|{run}", label="button.real_alarm"):
    """End the drill: something real has happened."""


class ShowVendorsThere(OfDrillRun, kept="vendors|{run}", label="button.vendors_there"):
    """Ask which vendor took part."""


class ShowVendorThere(OfDrillRun, kept="vendors|{run}|{contact}"):
    """Ask whether a vendor took part."""

    contact: str


class AskImprovement(OfDrillRun, kept="improve|{run}", label="button.improve"):
    """Ask what is to become better."""


class MakeImprovement(OfDrillRun, kept="measure|{run}|{mark}", label="button.improve_this"):
    """Make an improvement of a measure that somebody wrote in the run, known by the ``mark`` of its words."""

    mark: str


class GiveImprovement(Request, kept="owner|{turn}|{owner}"):
    """Give an improvement to somebody; ``turn`` is that of the question who sees to it."""

    turn: int
    owner: str


class SayItHolds(Request, kept="verify|{task}|{run}|{holds}", label="button.verify.{holds}"):
    """Say whether an improvement holds in this drill."""

    task: int
    run: str
    holds: Literal["yes", "no"]
