"""May this be, and what follows: a run, a command and a context in; events or a refusal out."""

from __future__ import annotations

from flows.commands.command import Command, LateCommand
from flows.commands.helping import GoHelp, SpareMinute
from flows.commands.people import (
    AnswerStep,
    Claim,
    HandIn,
    OpenLine,
    Plead,
    SettleLine,
    SettleLines,
    TellCall,
    TickItem,
    Write,
)
from flows.events.working import AskingDropped
from flows.helping import minute, unsure
from flows.leading import briefing, calls, downtime, grading, passing, undo, whereabouts
from flows.listening import held, pleas
from flows.refusals import Refused
from flows.response import (
    closing,
    debriefing,
    drilling,
    explaining,
    injecting,
    lines,
    notes,
    papers,
    promises,
    reporting,
    steps,
)
from flows.response.alarm import charge, opening, ringing, roll_call
from flows.response.asking import order, take_note
from flows.retention import deciding
from flows.state.run import Run
from flows.state.work import Context, Work

TOPICS = (
    briefing,
    calls,
    charge,
    closing,
    debriefing,
    deciding,
    downtime,
    drilling,
    explaining,
    grading,
    held,
    injecting,
    lines,
    minute,
    notes,
    opening,
    papers,
    passing,
    pleas,
    promises,
    reporting,
    ringing,
    roll_call,
    steps,
    undo,
    unsure,
    whereabouts,
)
"""Where it stands what a command comes to in a run, and who is told of what happened."""

AT_WORK = (
    *(AnswerStep, TickItem, OpenLine, SettleLine, SettleLines, HandIn, Claim, GoHelp, SpareMinute),
    *(TellCall, Write, Plead),
)
"""What somebody orders who has read what they were called to, though they tapped nothing under the alarm: notes and questions, too."""


def _at_work(command: Command) -> bool:
    """Say whether somebody works at this run; who tells of another thing may know nothing of it."""
    return isinstance(command, AT_WORK) and not (isinstance(command, Plead) and "other_thing" in command.wants)


_SENT_BACK = ("needs_", "too_long")
"""Refusals of an answer that the person is to write differently; the question stays."""


def decide(run: Run, command: Command, context: Context) -> Work:
    """Give what a command does to a run; raises Refused and then nothing has happened."""
    work = Work(run, context)
    if run.turns and not run.live and not isinstance(command, LateCommand):
        raise Refused("ended", state=run.state)
    try:
        order(work, command)
        if _at_work(command):
            roll_call.shows_life(work)
        grading.heed(work, run)
    except Refused as refusal:
        if not isinstance(command, Write) or context.actor not in run.asking or refusal.name.startswith(_SENT_BACK):
            raise
        work = Work(run, context)  # what was asked is void, somebody else has dealt with it; what they wrote is kept
        work.add(AskingDropped(context.actor))
        take_note(work, command.text)
    return work
