"""To which of what goes on an act may belong, and what is kept until its sender says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.desk import held_cause, there
from contacts.registry import member_at
from flows.commands.command import Command
from flows.commands.facility import AskMember
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.notes import PleaRaised
from flows.messages.steps import AboutStep
from flows.powers import may
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY
from flows.response.placing import Place, Which, place_text
from flows.scene.circle import seen
from flows.state.run import Run
from flows.state.work import WAITED


class Belonging:
    """Finds what an act may be about: what its sender may know of, and what it answers."""

    def __init__(self, engine: Engine, book: Deliveries, clock: Clock) -> None:
        """``book`` tells which message an act answers."""
        self.engine, self.book, self.clock = engine, book, clock

    def member(self, heard: Heard) -> str:
        """Give who wrote or tapped; empty for somebody unknown."""
        return member_at(self.engine.journal.registry, heard.address) or ""

    def held(self, heard: Heard, what: str, **about: Any) -> Deed:
        """Hold back what was heard, and ask its sender where it belongs."""
        text = (heard.text or "").strip()
        held = {"text": text, **about} if heard.attachment is None else about
        if self.clock.now() - heard.at >= WAITED:
            held = {**held, "said": heard.at.isoformat()}
        return Deed(AskMember(FACILITY, what, {**held, "cause": held_cause(heard)}))

    def placed(self, heard: Heard, member: str) -> list[Run]:
        """Give the runs to which a text may belong."""
        match place_text(member, self.runs_for(heard), self.replied(heard)):
            case Place(run=run):
                return [there(self.engine.run(run))]
            case Which(runs=runs):
                return [there(self.engine.run(run)) for run in runs]
            case _:
                return []

    def may(self, command: Command, run: Run, member: str) -> bool:
        """Say whether somebody who doesn't lead a run may order something of it."""
        free = run.commander != member
        return free and may(command, self.engine.context(self.clock.now(), member, run.id), run)

    def replied(self, heard: Heard) -> Place | None:
        """Give what the message is about that an act answers; None for none of ours, or none of a run."""
        if heard.replied_to is None:
            return None
        delivery = self.book.find(heard.address, heard.replied_to)
        if delivery is None or delivery.owed.run == FACILITY:
            return None
        message = delivery.owed.message
        return Place(delivery.owed.run, message.turn if isinstance(message, AboutStep) else None)

    def newest_question(self, run: Run, heard: Heard) -> int | None:
        """Give the note whose question was the last that stood in the chat of an act; None where anything came after it but a board."""
        told = (d.owed for d in self.book.newest_first(run.id) if d.address == heard.address)
        last = next((one for one in told if not (one.edits or one.silent)), None)
        return last.message.turn if last is not None and isinstance(last.message, PleaRaised) else None

    def asked_in_reply(self, heard: Heard, run: Run) -> int | None:
        """Give the note whose question the message puts that an act answers; None for none of this run."""
        delivery = self.book.find(heard.address, heard.replied_to) if heard.replied_to is not None else None
        message = delivery.owed.message if delivery is not None and delivery.owed.run == run.id else None
        return message.turn if isinstance(message, PleaRaised) else None

    def runs_for(self, heard: Heard) -> list[Run]:
        """Give the live runs, those that wait for this person, and the one replied to, even if it has ended."""
        replied = self.replied(heard)
        member = self.member(heard)
        wait = (
            r
            for r in self.engine.runs()
            if r.live or member in r.asking or (replied is not None and r.id == replied.run)
        )
        return self._seen(wait, member)

    def known(self, member: str) -> list[Run]:
        """Give the runs of which a member may know: of the others they are heard as if there were none."""
        return self._seen(self.engine.runs(), member)

    def _seen(self, runs: Iterable[Run], member: str) -> list[Run]:
        return seen(runs, self.engine.context(self.clock.now(), member), member)
