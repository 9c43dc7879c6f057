"""What is told of what stands before its writer: lines of a card by their numbers, a question by its label, or by a bare yes or no.

It is read strictly, as the tap that it stands for; decisions are tapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.commands.command import Command
from flows.commands.people import AnswerStep, OpenLine, SettleLine
from flows.messages.calling import CommandAsk, CommandWanted, LeadersOffered, LeadOffered, LeavingAsked, WhereNow
from flows.messages.helping import CannotHeard, HelpWanted, MinuteWanted
from flows.messages.message import Message
from flows.messages.notes import DeedAsked, DoneOffered, FalseAlarmOffered, FilingOffered, NowYours, PhotosAsked
from flows.messages.promising import PromiseMissed
from flows.messages.steps import AboutStep, LineTaken, StepsToGive, TakersOffered, UndoOffered
from flows.record.journal import Owed
from flows.response.lines import left, line_moves, numbered
from flows.response.steps import moves
from flows.state.run import Run, Shown
from flows.state.work import Context
from flows.written.taking import TAKING
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.step_types import STEP_TYPES
from playbooks.texts import everywhere
from playbooks.triage.speech import plainly_folded
from playbooks.wants.lines import How, Told, lines_told

NOTHING = "not_applicable"
"""The answer that there is nothing to do; many a step has words of its own for it."""

PLAIN_MOVES = frozenset({"done", "cannot", "unsure", NOTHING})
"""Answers of every step, which say nothing of what it asks."""


ASK_ELSE = (
    CommandAsk,
    CommandWanted,
    DeedAsked,
    DoneOffered,
    FalseAlarmOffered,
    FilingOffered,
    HelpWanted,
    LeadOffered,
    LeadersOffered,
    LeavingAsked,
    MinuteWanted,
    PhotosAsked,
    PromiseMissed,
    StepsToGive,
    TakersOffered,
    UndoOffered,
    WhereNow,
    CannotHeard,
)
"""Messages that ask their reader something else than what their step asks; a bare yes or no after one of them is about it."""

ASK_THE_STEP: tuple[type[Message], ...] = (AboutStep, LineTaken, NowYours)
"""Messages that put a step before their reader, again."""


@frozen
class OnCard:
    """What a text does to a card: orders in their turn, and the lines that its writer is asked about, or reads of.

    ``denied`` are lines that stand as done and aren't, as is said now; ``waits``, that what still waits is only told to wait.
    """

    orders: tuple[Command, ...] = ()
    offered: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    waits: bool = False


def by_number(text: str, run: Run, context: Context, card: Shown) -> OnCard | None:
    """Give what a text tells of the lines of a card by their numbers; None where it tells something else, or of no such line.

    Done by name is a tap; a line that takes more is opened. Where lines are only named, one is opened, of several their
    buttons are offered.
    """
    names, told = numbered(run, context, card), lines_told().lines(text)
    if not told or max(n for one in told for n in one.numbers) > len(names):
        return None
    waiting = left(run, context, card)
    here = [(one.how, name) for one in told for n in one.meant(len(names)) if (name := names[n - 1])]
    if denied := tuple(_denied(run, card, here)):
        return OnCard(denied=denied)
    if all(how == "open" for how, _ in here):
        return OnCard(waits=True)
    alone = len(told) == 1 and told[0].how == "bare" and not told[0].marked and len(told[0].numbers) == 1
    if any(one.how == "open" for one in told) or (alone and any(_reads(line) for line in waiting.values())):
        return None
    meant = [(one, name) for one in told for n in one.meant(len(names)) if (name := names[n - 1]) in waiting]
    if not meant:
        return OnCard(settled=tuple(names[n - 1] for n in told[0].meant(len(names))[:1]))
    if len(meant) > 1 and all(one.how == "bare" for one, _ in meant):
        return OnCard(offered=tuple(name for _, name in meant))
    orders = [(_settles(waiting[name], one), one, name) for one, name in meant]
    settles = [
        SettleLine(run.id, card.turn, name, how, reason=_why(how, one, text)) for how, one, name in orders if how
    ]
    opens = [OpenLine(run.id, card.turn, name) for how, _, name in orders if not how]
    return OnCard((*settles, *opens[:1]))


def _denied(run: Run, card: Shown, told: Iterable[tuple[How, str]]) -> Iterator[str]:
    """Give the lines that stand as done, and of which it is said now that they can't be, or wait."""
    for how, name in told:
        answered = run.answered.get((card.track, f"{card.step}/{name}"))
        if answered is not None and answered.answer == "done" and how in ("cannot", "open"):
            yield name


def _settles(line: Step, told: Told) -> How | None:
    """Give the answer by which what is told settles a line; None where the line takes more, or is only asked about."""
    if told.how not in line_moves(line) or (told.how == "done" and line.type.wants != "tap"):
        return None
    return told.how


def _why(how: How, told: Told, text: str) -> str | None:
    return text if how == "cannot" and told.why else None


def _reads(line: Step) -> bool:
    return TAKING[line.takes].strictly


def by_label(text: str, run: Run, context: Context, shown: Shown) -> Command | None:
    """Give the answer of the question before somebody whose label a text is, or that a bare yes or no means; None for none.

    Of a card it is the line that they opened, else the first one that asks something.
    """
    for name, step, legal in _asked(run, context, shown):
        labels = {move: _labels(step, move) for move in legal}
        if (move := _named(text, labels)) is not None:
            return SettleLine(run.id, shown.turn, name, move) if name else AnswerStep(run.id, shown.turn, move)
        if lines_told().yes_or_no(text):
            return None  # the first question is meant, and its answers are other ones
    nothing = [name for name, step in _before(run, context, shown).items() if _says_nothing(text, step)]
    if len(nothing) != 1:
        return None
    return (
        SettleLine(run.id, shown.turn, nothing[0], NOTHING) if nothing[0] else AnswerStep(run.id, shown.turn, NOTHING)
    )


def _says_nothing(text: str, step: Step) -> bool:
    """Say whether a text is a step's own label for that there is nothing to do (「残りない」: 残りはない)."""
    answer = step.answers.get(NOTHING)
    if answer is None or lines_told().yes_or_no(text):
        return False
    return _named(text, {NOTHING: _labels(step, NOTHING)}) is not None


def is_asked(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether what somebody has before them asks something that is answered by one of its buttons."""
    return next(_asked(run, context, shown), None) is not None


def asked_since(run: Run, member: str, shown: Shown) -> bool:
    """Say whether a colleague wants to know something of somebody since a step was shown to them: a bare answer may be theirs."""
    return any(
        plea.of > shown.turn and plea.answered is None and (member in plea.to or plea.about.get("who") == member)
        for plea in run.pleas.values()
    )


def asked_else(owed: Iterable[Owed]) -> bool:
    """Say whether the first of somebody's messages (the newest first) that asks them anything asks something else than their step does."""
    told = (one.message for one in owed if not one.edits)
    return isinstance(next((m for m in told if isinstance(m, (*ASK_ELSE, *ASK_THE_STEP))), None), ASK_ELSE)


def _asked(run: Run, context: Context, shown: Shown) -> Iterator[tuple[str, Step, tuple[str, ...]]]:
    """Give the questions before somebody, the first first: the line (empty for the step), its text and the answers of its own."""
    for name, step in _before(run, context, shown).items():
        legal = line_moves(step) if name else moves(run, shown)
        own = tuple(move for move in legal if move not in PLAIN_MOVES)
        if own and step.decision is None and not STEP_TYPES[step.takes].only_tapped:
            yield name, step, own


def _before(run: Run, context: Context, shown: Shown) -> Mapping[str, Step]:
    """Give what is before somebody: the line that they opened, else the lines that wait; of a step without lines itself, unnamed."""
    card = run.step(shown)
    lines = left(run, context, shown) if card.lines else {}
    return {shown.line: lines[shown.line]} if shown.line in lines else lines if card.lines else {"": card}


def _labels(step: Step, move: str) -> tuple[str, ...]:
    choice = move.removeprefix("choice:")
    label = step.choices[choice].label if choice != move else step.answers[move].label
    return tuple(map(_plain, everywhere(label).values()))


def _named(text: str, labels: Mapping[str, tuple[str, ...]]) -> str | None:
    said, word = _plain(text), lines_told().yes_or_no(text)
    found = [move for move, said_so in labels.items() if said in said_so] or [
        move for move, said_so in labels.items() if any(lines_told().leaves_out(said, one) for one in said_so)
    ]
    if found:
        return found[0] if len(found) == 1 else None
    if not word:
        return None
    meant = [m for m in labels if m == word] or [
        m for m, said_so in labels.items() if any(lines_told().label_says(word, one) for one in said_so)
    ]
    return meant[0] if len(meant) == 1 else None


def _plain(text: str) -> str:
    return plainly_folded(text).strip(" 。.!、")
