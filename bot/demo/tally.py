"""What a play asked of its people: messages and characters to read, screens to deal with, acts; and when the first things were done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.channel import RenderedMessage
from bot.channels.terminal import plain
from bot.documents.facts.measures import measures
from bot.documents.source import Source
from bot.phrasing import phrase
from flows.messages.calling import (
    Alarm,
    AlarmAgain,
    AskPlaybook,
    CommandAsk,
    CommandOpen,
    CommandWanted,
    LeadersOffered,
    SpokenWith,
    VoiceCallWanted,
)
from flows.messages.ending import SignOffAsk
from flows.messages.hearing import AskReportOrNot, AskSameOrNew
from flows.messages.helping import GoThere, HelpWanted, LinesOffered, WhichLine
from flows.messages.message import Message
from flows.messages.notes import AnswerAwaited, DeedAsked, DoneOffered, PleaRaised, RatifyAsk
from flows.messages.promising import PromiseMissed
from flows.messages.steps import AboutStep, StepOpen, StepReminder, StepsToGive, TakersOffered, UndoOffered
from flows.record.deliveries import Delivery
from flows.record.journal import Owed
from playbooks.step_types import STEP_TYPES

ASKING: frozenset[type[Message]] = frozenset(
    {
        *(Alarm, AlarmAgain, AskPlaybook, CommandAsk, CommandOpen, SignOffAsk, AskReportOrNot, AskSameOrNew),
        *(GoThere, HelpWanted, LinesOffered, WhichLine, AnswerAwaited, DeedAsked, DoneOffered, PleaRaised, RatifyAsk),
        *(PromiseMissed, StepOpen, StepReminder, TakersOffered, StepsToGive, UndoOffered),
        *(VoiceCallWanted, SpokenWith, CommandWanted, LeadersOffered),
    }
)
"""Messages that their reader has to deal with. A line that is opened is none: it stands on its card."""

OF_ITS_STEP = frozenset({"reason", *STEP_TYPES})
"""What a step itself asks to be written (:class:`AnswerAwaited`): it belongs to the step's own screen."""

FIRST = (timedelta(minutes=10), timedelta(minutes=15))
"""The first minutes, which are counted by themselves."""

COUNTED = ("messages", "characters", "screens", "acts")
TIMED = ("line_cut", "backups_safe", "vendor", "led")


def asks(owed: Owed) -> bool:
    """Say whether a message is a screen: something new that its reader has to deal with."""
    message = owed.message
    of_its_step = isinstance(message, AnswerAwaited) and message.what in OF_ITS_STEP
    anew = not owed.edits or isinstance(message, StepOpen)  # in place of the step before it, it is a screen of its own
    return type(message) in ASKING and anew and not of_its_step


def screens(owed: Iterable[Owed]) -> int:
    """Count the screens among messages to somebody; a step or card that is shown anew is the same."""
    asking = [one.message for one in owed if asks(one)]
    return len({same_screen(m) for m in asking if isinstance(m, AboutStep)}) + sum(
        not isinstance(m, AboutStep) for m in asking
    )


def same_screen(message: Message) -> object:
    """Give what two messages about a step share where they are the same screen: the rest of a card is that card."""
    return (type(message), message.turn) if isinstance(message, AboutStep) else message


def unread(read: Iterable[str], seen: Container[str] = ()) -> int:
    """Count the characters that have to be read: spaces are none, and what stood there before is not read again."""
    return sum(len(re.sub(r"\s", "", line)) for line in read if line not in seen)


@dataclass
class Tally:
    """Counts while a play goes on. ``now`` is its clock; each count is (member, when, what, how much)."""

    now: Callable[[], datetime]
    counts: list[tuple[str, datetime, str, int]] = field(default_factory=list)
    _standing: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def shown(self, member: str, message: RenderedMessage, number: str) -> None:
        """Count what somebody has to read of a message, buttons and number included; of a change only what changed."""
        labels = (button.label for row in message.rows for button in row)
        lines = (*plain(message.text).splitlines(), *labels, *(message.contact or ()))
        self._count(member, "characters", unread(lines, self._standing.get((member, number), frozenset())))
        self._count(member, "messages", int(message.replaces is None))
        self._standing[member, number] = frozenset(lines)

    def acted(self, member: str) -> None:
        """Count one tap, tick, text or photo."""
        self._count(member, "acts", 1)

    def _count(self, member: str, what: str, much: int) -> None:
        self.counts.append((member, self.now(), what, much))

    def figures(self, member: str, deliveries: Iterable[Delivery], until: datetime | None = None) -> Counter[str]:
        """Sum up what somebody had to deal with; ``deliveries`` are those of the run, in which its screens stand."""
        found = Counter(dict.fromkeys(COUNTED, 0))
        for who, at, what, much in self.counts:
            if who == member and (until is None or at <= until):
                found[what] += much
        found["screens"] = screens(d.owed for d in deliveries if _sent(d, member, until))
        return found


def _sent(delivery: Delivery, member: str, until: datetime | None) -> bool:
    at = delivery.sent_at
    return delivery.owed.to.partition(":")[2] == member and at is not None and (until is None or at <= until)


def said(tally: Tally, source: Source, deliveries: Iterable[Delivery]) -> Iterator[str]:
    """Say it in lines: each person's figures in the first minutes and in all, then when the first things were done."""
    run, words, known = source.run, source.words, list(deliveries)
    start, language = run.reported_at or tally.now(), source.language
    ends = (*(start + first for first in FIRST), None)
    yield phrase("demo.tally").in_language(language)
    for member in source.roster.members:
        figures = [tally.figures(member.id, known, until) for until in ends]
        values = {what: " / ".join(f"{one[what]:,}" for one in figures) for what in COUNTED}
        yield phrase("demo.tally.person", name=member.name, **values).in_language(language)
    there = {one.name: one.since_report for one in measures(source)}
    for name in TIMED:
        if name in there:
            what, at = words.say(f"paper.measure.{name}").unescape(), there[name]
            key, minutes = ("never", "") if at is None else ("time", f"{at / timedelta(minutes=1):.1f}")
            yield phrase(f"demo.tally.{key}", what=what, minutes=minutes).in_language(language)
