"""A choice that is typed: which of the things on the newest screen is meant, by nothing but its place (「2番目」, 「①」, 「上の」)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.channel import Button, Heard
from bot.clock import Clock
from bot.hearing.belonging import Belonging
from bot.hearing.in_run.on_card import PLAIN_MOVES
from bot.screens.buttons import command_of
from bot.screens.renderer import Renderer
from flows.commands.people import AnswerStep, CallOff, SettleLine
from flows.messages.calling import AskPlaybook
from flows.messages.hearing import AskAnswerOrPlea, AskAnswerOrReport, AskReportOrNot, AskSameOrNew, AskWhichRun
from flows.messages.message import Message
from flows.messages.steps import AboutStep
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY, Owed
from flows.scene.circle import delicate
from playbooks.wants.lines import lines_told

CHOICES = (AskPlaybook, AskReportOrNot, AskSameOrNew, AskAnswerOrPlea, AskAnswerOrReport, AskWhichRun)
"""Messages that ask which of several things it is; all their buttons are these, but for what ends a report."""


class TypedChoices:
    """Takes a place for the tap that it stands for: of the newest message in the chat in which it was typed, or of none."""

    def __init__(self, book: Deliveries, clock: Clock, belonging: Belonging, screens: Renderer) -> None:
        """``screens`` says which buttons stand there now, and in which order."""
        self.book, self.clock, self.belonging, self.screens = book, clock, belonging, screens

    def button(self, heard: Heard, member: str) -> str:
        """Give what the button holds that a text stands for; empty where it stands for none, or the newest message asks nothing."""
        place = lines_told().place(heard.text or "")
        if not place or heard.replied_to is not None or (newest := self._newest(heard)) is None:
            return ""
        choices = list(self._choices(newest, member))
        if len(choices) < max(place, 2):
            return ""
        chosen = choices[place - 1].data
        return "" if isinstance(command_of(chosen), CallOff) else chosen

    def _newest(self, heard: Heard) -> Owed | None:
        """Give the message that came last into the chat of an act; what only changed an older one, and boards, are none."""
        runs = (FACILITY, *(run.id for run in self.belonging.runs_for(heard)))
        sent = [d for run in runs for d in self.book.of_run(run) if (d.state, d.address) == ("sent", heard.address)]
        there = (d for d in sent if not (d.owed.edits or d.owed.silent))
        last = max(there, key=lambda d: (d.sent_at or d.owed_at, d.id), default=None)
        return last.owed if last is not None else None

    def _choices(self, owed: Owed, member: str) -> Iterator[Button]:
        """Give the buttons of a message among which one chooses: of a step those that it has for itself."""
        message: Message = owed.message
        if not isinstance(message, (*CHOICES, AboutStep)):
            return
        now, run = self.clock.now(), self.belonging.engine.run(owed.run)
        if run is not None and delicate(run, self.belonging.engine.context(now, member, run.id)):
            return  # who may know of it is tapped
        screen = self.screens.render(owed, member, now)
        for button in () if screen.wants_text else (button for row in screen.rows for button in row):
            order = command_of(button.data)
            moves = isinstance(order, AnswerStep | SettleLine) and order.answer not in PLAIN_MOVES
            if moves or isinstance(message, CHOICES):
                yield button
