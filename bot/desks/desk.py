"""A desk: the slash commands, buttons and awaited texts of one topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, TypeVar

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.likely import Likely
from bot.screens.requests.request import Request
from contacts.written.mistakes import Unreadable
from flows.commands.command import Command
from flows.commands.people import DropQuestion
from flows.deeds import Deed
from flows.engine import Engine
from flows.events.working import Asked
from flows.messages.message import Message
from flows.powers import Power, only
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.scene.circle import seen
from flows.state.run import Run
from playbooks.frozen import frozen


@frozen
class Act:
    """One act at a desk, by a member.

    ``text`` is what was written: the rest of a command's line, or the answer to a question of ours; then ``about`` is what
    the question was about.
    """

    member: str
    heard: Heard
    text: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


T = TypeVar("T")

Handler = Callable[[Act], Deed]
"""Gives what an act asks for; raises Refused. It writes nothing: the engine does, all of it or nothing."""

RequestHandler = Callable[[Act, Any], Deed]
"""Gives what a button's request asks for, in the same way."""


Reader = Callable[[str], object]
"""Reads a text; raises Unreadable, Refused or ValueError for what isn't an answer with every sign of it."""


class Desk:
    """What one topic answers to; a word belongs to one desk only. Refused(``stale``) is for what it never offered."""

    prose: frozenset[str] = frozenset()
    """Those of its questions whose answers tell of systems and attacks, as a report would."""

    main: tuple[Message, Power | None] | None = None
    """Its main screen, and the power to see it; None where whoever asks is shown where the runs stand."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Look things up in ``engine``, at the time of ``clock``."""
        self.engine, self.clock = engine, clock

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Slash commands (``/status``) and what does them."""
        return {}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """What buttons ask of this desk and what does it."""
        return {}

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which its requests begin in a button."""
        return frozenset(request.kept[0] for request in self.requests)

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Names of the questions whose answers are read here."""
        return {}

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Strict readers of its questions, by name."""
        return {}

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text answers question ``what``, and is no report: here, if it is read, or sounds like no incident.

        ``likely`` is what it sounds like. A desk whose answers name systems says this more finely.
        """
        return not likely.playbooks or self.reads(act, what)

    def reads(self, act: Act, what: str) -> bool:
        """Say whether the strict reader of a question reads a text: then it is the answer, whatever it sounds like."""
        reader = self.readers.get(what)
        if reader is None:
            return False
        try:
            reader(act.text)
        except (Unreadable, Refused, ValueError):
            return False
        return True

    def takes_file(self, act: Act) -> bool:
        """Say whether what was sent along (``act.heard.attachment``) is for this desk, and no evidence."""
        return False

    def handed(self, act: Act) -> Deed:
        """Take what was sent along."""
        raise Refused("stale")

    def now(self) -> datetime:
        """Give this moment, aware."""
        return self.clock.now()

    def only(self, wanted: Command | Power, act: Act) -> None:
        """Refuse whoever may not."""
        run = self.engine.run(wanted.run) if isinstance(wanted, Command) else None
        only(wanted, self.engine.context(self.now(), act.member, run.id if run else ""), run)

    def asked(self, turn: int, act: Act, *what: str) -> Asked:
        """Give the question that a button is about: whoever taps was asked it, and it is one of these, if any is named."""
        asked = there(self.engine.house.asked.get(turn))
        if asked.member != act.member or (what and asked.what not in what):
            raise Refused("stale")
        return asked

    def scenario(self, number: int) -> str:
        """Give the scenario at a place among those for this facility."""
        known = self.engine.handbook.drills.scenarios_for(self.engine.roster().facility.kind)
        return there(next((s.id for place, s in enumerate(known) if place == number), None))

    def live_runs(self, member: str) -> list[Run]:
        """Give the runs that still want something of people, as far as a member may know of them."""
        return seen(self.engine.live_runs(), self.engine.context(self.now(), member), member)

    def show(self, to: str, message: Message, run: str = FACILITY) -> Deed:
        """Give somebody a screen that they asked for."""
        return Deed(Owed(to, message, run, priority=AT_ONCE))


def there(found: T | None) -> T:
    """Give what a button is about; Refused(``stale``) if it has gone, or never was."""
    if found is None:
        raise Refused("stale")
    return found


def told(refusal: Refused, *, void: bool) -> Deed:
    """Tell a refusal, and wait no longer for an answer if it made the question void."""
    return Deed(DropQuestion(FACILITY), refusal) if void else Deed(refusal)


def held_cause(heard: Heard) -> str:
    """Name the cause under which something is done once its sender has said what it is."""
    return f"{heard.cause}:held"
