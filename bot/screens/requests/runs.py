"""What buttons ask about runs."""

from __future__ import annotations

from typing import Annotated, Literal

from bot.screens.requests.request import Request
from playbooks.explanations.shape import Kind
from playbooks.model import Decision
from playbooks.texts import WRITTEN

AboutARun = Literal["decide", "close", "duties", "explain"]
"""The slash commands that are about one run."""


class OfRun(Request):
    """Something about a run."""

    run: str


class CommandIn(OfRun, kept="in|{run}|{word}"):
    """Do what a command says, in this run."""

    word: AboutARun


class ShowRun(OfRun, kept="run|{run}"):
    """Show a run and its open step anew."""


class ShowList(OfRun, kept="{what}|{run}", label="button.{what}"):
    """List the reports that are owed, those that may be found not owed, or the facts that decide it."""

    what: Literal["facts", "refusals", "duties"]


class OfStep(OfRun):
    """Something about the step that was shown at a turn."""

    shown: int


class ShowWhy(OfStep, kept="why|{run}|{shown}", label="button.why"):
    """Say why a step is there."""


class ShowLines(OfStep, kept="lines|{run}|{shown}", label="button.lines"):
    """Name the lines of a card that are left, to say that one can't be done or isn't clear."""


class WhatToGive(OfRun, kept="gives|{run}", label="button.give_step"):
    """Name the steps that can be given to somebody."""


class WhoTakes(OfStep, kept="takes|{run}|{shown}|{track}", label="button.pass_step"):
    """Name who could have the step of a track instead; ``shown`` 0: nobody has it yet."""

    track: str


class WhoLeads(OfRun, kept="leads|{run}", label="button.hand_command"):
    """Name who could lead in the place of whoever does."""


class RecordDecision(OfRun, kept="decide|{run}|{decision}", label="decision.{decision}"):
    """Record a decision."""

    decision: Decision


Leak = Literal["none", "suspected", "confirmed"]
"""What may be known of a leak."""


class SayLeak(OfRun, kept="fact|{run}|leak|{leak}", label="facts.leak.{leak}"):
    """Say whether information has leaked."""

    leak: Leak


class SaySeen(OfRun, kept="seen|{run}|{of}", label="button.say_seen"):
    """Take it for possible that somebody looked into what was lost, as the note at turn ``of`` says."""

    of: int


class OfText(OfRun):
    """Something about a text for patients."""

    kind: Kind
    language: Annotated[str, WRITTEN]


class ShowText(OfText, kept="explain|{run}|{kind}|{language}", label="explain.{kind}.{language}"):
    """Show a text as it reads now."""


class ApproveText(OfText, kept="approve|{run}|{kind}|{language}|{digest}", label="button.approve_text"):
    """Approve a text as it was on the screen; ``digest`` is how its own begins."""

    digest: str


class MarkUsed(OfText, kept="used|{run}|{kind}|{language}", label="button.used_text"):
    """Say that a text was used."""


Meaning = Literal["same", "new", "drill", "real", "yes", "no", "answer", "report", "ask", "plea"]
"""What a text may mean that was held back until its sender said so."""


class TellEverybody(OfRun, kept="open|{run}", label="question.none.confided"):
    """Tell everybody of what was told in confidence, once its writer has read whom it names."""


class KeepReport(OfRun, kept="keep|{run}", label="button.keep_report"):
    """Go on with what one reported, and say what it is closest to."""


class PickMeaning(Request, kept="pick|{turn}|{meaning}", label="button.pick.{meaning}"):
    """Say what a text meant; ``turn`` is that of the question."""

    turn: int
    meaning: Meaning


class OpenPlea(OfRun, kept="plea|{run}|{of}|new", label="button.open_plea"):
    """Take the note at turn ``of`` for a report of another thing."""

    of: int


class FileUnder(Request, kept="file|{turn}|{run}"):
    """Say to which run belongs what was held back; ``turn`` is that of the question."""

    turn: int
    run: str
