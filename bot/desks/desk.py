"""A desk: the slash commands, menus and awaited texts of one topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.likely import Likely
from flows import commands as cmd
from flows.engine import Engine, Outcome
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


Handler = Callable[[Act], Outcome | None]
"""Does what an act asks; raises Refused. None where no entry was written."""


class Desk:
    """What one topic answers to; a word belongs to one desk only. Refused(``stale``) is for what it never offered."""

    prose: frozenset[str] = frozenset()
    """Those of its questions whose answers tell of systems and attacks, as a report would."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Order from ``engine``, at the time of ``clock``."""
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

    def handed(self, act: Act) -> Outcome | None:
        """Take what was sent along."""
        raise Refused("stale")

    def now(self) -> datetime:
        """Give this moment, aware."""
        return self.clock.now()

    def order(self, command: cmd.Command, act: Act, part: str = "") -> Outcome:
        """Have a command done in the name of whoever acts; ``part`` tells several commands of one act apart."""
        return self.engine.handle(command, actor=act.member, now=self.now(), cause=act.heard.cause + part)

    def show(self, to: str, name: str, run: str = FACILITY, **data: object) -> None:
        """Owe somebody a screen that they asked for."""
        self.engine.owe([Owed(to, name, run, data=data, priority=1)], self.now())

    def answered(self, act: Act) -> Outcome:
        """Wait no longer for what has been answered."""
        return self.order(cmd.DropQuestion(FACILITY), act, ":answered")
