"""What is told of the step that stands before its writer: a line of their card by its number, or the answer to its question."""

from __future__ import annotations

from bot.clock import Clock
from bot.desks.desk import there
from bot.hearing.in_run.listening import is_answer
from bot.hearing.in_run.on_card import OnCard, asked_else, asked_since, by_label, by_number, is_asked
from contacts.registry import member_at
from flows.commands.people import OpenLine, Plead, SettleLine, Write
from flows.deeds import Deed
from flows.engine import Engine
from flows.listening.pleas import NOT_DONE
from flows.messages.helping import LineOpen, LinesOffered
from flows.messages.steps import LineTaken
from flows.record.deliveries import Deliveries
from flows.record.journal import AT_ONCE, NEXT, Owed
from flows.response.audience import line_key, next_key
from flows.response.lines import line_told
from flows.response.placing import Place
from flows.state.run import Run, Shown
from flows.state.work import Context
from playbooks.wants.lines import lines_told


class BeforeThem:
    """Takes words for the taps that they stand for."""

    def __init__(self, engine: Engine, book: Deliveries, clock: Clock) -> None:
        """``book`` tells what else its writer was asked since."""
        self.engine, self.book, self.clock = engine, book, clock

    def told(self, run: Run, text: str, member: str, shown: int | None, replied: Place | None) -> Deed | None:
        """Take a text for what stands before its writer: a line of their card by its number, or its question by a label.

        So is a bare number or time for the one line that takes it. A number that no line takes is a note: alone it tells of
        nothing, and nobody is to be alarmed by it.
        """
        card = run.open_step_of(member)
        unasked = run.playbook is not None and member not in run.asking and replied is None
        if card is None and unasked and any(told.marked for told in lines_told().lines(text)):
            return Deed(Plead(run.id, text, ("what_now",)))  # a line of nothing that is before them
        if card is None or member in run.asking or (replied is not None and replied.shown not in (None, card.turn)):
            return None
        context = self.engine.context(self.clock.now(), member, run.id)
        on_card = by_number(text, run, context, card) if run.step(card).lines else None
        if on_card is not None:
            return self._done(run, text, card, on_card, member)
        if shown is not None:
            return None
        if line := line_told(run, context, card, text):
            return Deed(OpenLine(run.id, card.turn, line), Write(run.id, text, card.turn))
        if (answer := self._answered(run, text, context, card, replied)) is not None:
            return answer
        now = context.roster.facility.local(context.now)
        return Deed(Write(run.id, text)) if is_answer(text, "number", now) else None

    def _done(self, run: Run, text: str, card: Shown, told: OnCard, member: str) -> Deed:
        """Do what is told of the lines of a card, and say what is next on it, or what was settled last."""
        orders = [order for order in told.orders if isinstance(order, SettleLine) and order.answer != "unsure"]
        settled = [order.line for order in orders] or list(told.settled)
        written = Write(run.id, text, answered=True)
        if told.denied:  # one tap takes it back, and whoever leads knows of it
            stood = max(run.answered[card.track, f"{card.step}/{name}"].turn for name in told.denied)
            return Deed(Plead(run.id, text, (NOT_DONE,), {"answered": stood}))
        if told.waits:
            key = next_key(run.id, card.turn)
            return Deed(Owed(member, LineTaken(card.turn), run.id, key=key, priority=NEXT), written)
        if told.offered:
            return Deed(Owed(member, LinesOffered(card.turn, told.offered), run.id, priority=AT_ONCE), written)

        def then() -> Deed:
            here = there(self.engine.run(run.id))
            if member in here.asking or not settled or any(isinstance(order, OpenLine) for order in told.orders):
                return Deed()
            if here.shown[card.turn].open:
                key = next_key(run.id, card.turn)
                return Deed(Owed(member, LineTaken(card.turn), run.id, key=key, priority=NEXT))
            done = LineOpen(card.turn, settled[-1])
            return Deed(Owed(member, done, run.id, key=line_key(run.id, card.turn, settled[-1]), priority=AT_ONCE))

        return Deed(*told.orders, written, then)

    def _answered(self, run: Run, text: str, context: Context, shown: Shown, replied: Place | None) -> Deed | None:
        """Take a label, or a bare yes or no, for the answer of the question before its writer; a bare no is never an undo.

        Where somebody was asked something else since, or the question has other answers, they are shown it once more.
        """
        word = lines_told().yes_or_no(text)
        if replied is not None and replied.shown is None:
            return None  # it is about another message of ours
        order = by_label(text, run, context, shown)
        since = asked_since(run, context.actor, shown) or (word and self._asked_else(run, context.actor))
        if order is not None and not since:
            return Deed(order, Write(run.id, text, answered=True))
        if order is not None or (word and is_asked(run, context, shown)):
            return Deed(Plead(run.id, text, ("what_now",)))
        return None

    def _asked_else(self, run: Run, member: str) -> bool:
        registry, book = self.engine.journal.registry, self.book.newest_first(run.id)
        return asked_else(one.owed for one in book if member_at(registry, one.owed.to) == member)
