"""A desk: the slash commands, menus and awaited texts of one topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.likely import Likely
from flows.commands.command import Command
from flows.commands.people import DropQuestion
from flows.deeds import Deed
from flows.engine import Engine
from flows.powers import Power, only
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused


@dataclass(frozen=True)
class Act:
    """One act at a desk, by a member.

    ``words`` are those of a menu's button behind its first, ``text`` is what was written: the rest of a command's line,
    or the answer to a question of ours; then ``about`` is what the question was about.
    """

    member: str
    heard: Heard
    words: tuple[str, ...] = ()
    text: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


Handler = Callable[[Act], Deed]
"""Gives what an act asks for; raises Refused. It writes nothing: the engine does, all of it or nothing."""


class Desk:
    """What one topic answers to; a word belongs to one desk only. Refused(``stale``) is for what it never offered."""

    prose: frozenset[str] = frozenset()
    """Those of its questions whose answers tell of systems and attacks, as a report would."""

    main: tuple[str, Power | None] | None = None
    """Its main screen, and the power to see it; None where whoever asks is shown where the runs stand."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Look things up in ``engine``, at the time of ``clock``."""
        self.engine, self.clock = engine, clock

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Slash commands (``/status``) and what does them."""
        return {}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """First words of the menus' buttons and what does them."""
        return {}

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Names of the questions whose answers are read here."""
        return {}

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text answers question ``what``, and is no report: here, if it sounds like no incident at all.

        ``likely`` is what it sounds like. A desk whose answers name systems says this more finely.
        """
        return not likely.playbooks

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

    def show(self, to: str, name: str, run: str = FACILITY, **data: object) -> Deed:
        """Give somebody a screen that they asked for."""
        return Deed(Owed(to, name, run, data=data, priority=1))


def told(refusal: Refused, *, void: bool) -> Deed:
    """Tell a refusal, and wait no longer for an answer if it made the question void."""
    return Deed(DropQuestion(FACILITY), refusal) if void else Deed(refusal)


def held_cause(heard: Heard) -> str:
    """Name the cause under which something is done once its sender has said what it is."""
    return f"{heard.cause}:held"
