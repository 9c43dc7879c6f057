"""The law of powers: every button that is shown is legal for its reader, and what is not shown is refused when forged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from bot.channels.channel import Heard
from bot.clock import MovableClock
from bot.demo.play import Play, demo_start, open_demo
from bot.home import Home, make_home
from bot.invitations import Invitation, member_with
from bot.lamp import Lamp
from bot.screens.buttons import command_of
from contacts.registry import addresses_of, member_at
from flows.commands.command import Command, FacilityCommand, LateCommand
from flows.commands.drilling import BeginExercise
from flows.commands.facility import Suspend
from flows.engine import Engine
from flows.notifications import still_true
from flows.powers import CONSOLE, may, powers
from flows.record.journal import FACILITY, Owed
from flows.state.house import House
from flows.state.run import Run
from playbooks.model import FacilityKind
from tests import dialogue_player
from tests.clinic import MORNING
from tests.dialogue_player import OnTerminals
from tests.dialogue_script import read
from tests.library import shipped_catalogue
from tests.test_dialogues import DIALOGUES, HERE
from tests.trying import tries

MAY_NOT = frozenset(
    {
        "chain_only",
        "commander_only",
        "drill_leaders_only",
        "filers_only",
        "facilitator_only",
        "keepers_only",
        "not_in_chain",
        "not_yours",
        "only_earlier",
        "workbook_not_yours",
    }
)
"""Refusals that say: not you."""


@dataclass
class Law:
    """Looks at each screen that appears, tries each of its buttons, and lets the others forge what they are not shown."""

    lamp: Lamp
    broken: list[str] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)
    shown: int = 0
    forged: int = 0
    _seen: int = 0

    @property
    def home(self) -> Home:
        """The home in which it holds."""
        return self.lamp.home

    def look(self) -> None:
        """Look at all that was sent since the last look."""
        while True:
            try:
                delivery = self.home.journal.deliveries.get(self._seen + 1)
            except KeyError:
                return
            self._seen += 1
            owed = delivery.owed
            reader = member_at(self.home.journal.registry, owed.to)
            run = self.home.engine.run(owed.run)
            if delivery.state == "failed":
                self.broken.append(f"{owed.name} could not be said: {delivery.last_error}")
            if delivery.state == "sent" and reader and (run is None or still_true(owed, run, reader)):
                self._screen(owed, reader)

    def _buttons(self, owed: Owed, reader: str) -> set[str]:
        screen = self.lamp.renderer.render(owed, reader, self.lamp.clock.now())
        return {button.data for row in screen.rows for button in row if button.data}

    def _screen(self, owed: Owed, reader: str) -> None:
        here = self._buttons(owed, reader)
        self.offered.setdefault(reader, []).extend(sorted(here))
        for data in sorted(here):
            self.shown += 1
            came_to = tries(self.lamp, owed.to, data)
            if came_to.refused in MAY_NOT | {"stale", "not_now"}:
                self.broken.append(f"{owed.name} shows {reader} {data}: {came_to.refused}")
        for other in self.home.engine.roster().members:
            if other.id != reader:
                self._forges(owed, here, other.id)

    def _forges(self, owed: Owed, here: set[str], other: str) -> None:
        addresses = addresses_of(self.home.journal.registry, other)
        active = addresses and other in {m.id for m in self.home.engine.roster().active()}
        address = next(iter(addresses), f"terminal:{other}")
        for data in sorted(here - (self._for_other(owed, other, here) if active else set())):
            self.forged += 1
            command = command_of(data)
            came_to = tries(self.lamp, address, data)
            if not active:
                lawful = not came_to.entries
            elif command is not None:
                run = self.home.engine.run(command.run)
                context = self.home.engine.context(self.lamp.clock.now(), other, command.run if run else "")
                lawful = may(command, context, run) or (bool(came_to.refused) and not came_to.entries)
            else:
                lawful = not came_to.entries
            if not lawful:
                self.broken.append(f"{owed.name} hides from {other} {data}, and it goes through")

    def _for_other(self, owed: Owed, other: str, here: set[str]) -> set[str]:
        """Give what the screen would hold for somebody else; one that can only be its reader's hides nothing."""
        try:
            return self._buttons(owed, other)
        except LookupError:
            return here


def held(law: Law, least: int = 20) -> None:
    """Say what broke the law, each once; at least so many buttons were looked at, and as many forged."""
    assert sorted(set(law.broken)) == []
    assert min(law.shown, law.forged) >= least


# Transcripts


class Watching(OnTerminals):
    """Terminals at which the law looks on."""

    def __init__(self, home: Home, clock: MovableClock, folder: Path) -> None:
        super().__init__(home, clock, folder)
        self.law = Law(self.lamp)

    async def types(self, who: str, text: str) -> None:
        """Type a line."""
        await super().types(who, text)
        self.law.look()

    async def taps(self, who: str, label: str) -> None:
        """Tap a button."""
        await super().taps(who, label)
        self.law.look()

    async def settle(self) -> None:
        """Let the stage settle."""
        await super().settle()
        self.law.look()


async def reads_lawfully(name: str, folder: Path, least: int = 0) -> None:
    """Play a transcript with the law looking on; it reads as it is written all the same."""
    clock = MovableClock(dialogue_player.OPENING)
    path = folder / "home"
    code = make_home(path, dialogue_player.FACILITY, dialogue_player.DIRECTOR, clock.now()).code
    home = Home(path, dialogue_player.handbook())
    try:
        stage = Watching(home, clock, folder)
        stage.lamp.desk.called(dialogue_player.BOT_NAME)
        await dialogue_player.Play(read(HERE / "dialogues" / f"{name}.txt"), stage, clock, code).run()
        held(stage.law, least)
    finally:
        home.close()


async def test_the_drill_reads_lawfully(tmp_path: Path) -> None:
    """Through a whole drill, to everybody: what is shown may be tapped, what is hidden is refused."""
    await reads_lawfully("drill", tmp_path, least=20)


@pytest.mark.long
@pytest.mark.parametrize("name", DIALOGUES)
async def test_every_transcript_reads_lawfully(name: str, tmp_path: Path) -> None:
    """And through all the others."""
    await reads_lawfully(name, tmp_path)


# Incidents that play by themselves


@pytest.mark.long
@pytest.mark.parametrize("playbook", [p.playbook for p in shipped_catalogue().for_use("incident")])
async def test_every_playbook_plays_lawfully(playbook: str, tmp_path: Path) -> None:
    """From the first message to the seal."""
    cast = open_demo(tmp_path, demo_start(MORNING), lambda _, __: None, _kind_for(playbook))
    law = Law(cast.stage.lamp)
    try:
        await Play(cast, tmp_path, lambda _, __: law.look()).play(playbook)
        law.look()
        held(law)
    finally:
        cast.stage.home.close()


def _kind_for(playbook: str) -> FacilityKind:
    return next(iter(shipped_catalogue().playbooks[playbook].facilities))


# People who tap whatever there is

COMMANDS = (
    "/status",
    "/runs",
    "/decide",
    "/close",
    "/duties",
    "/explain",
    "/drills",
    "/people",
    "/invite",
    "/contacts",
    "/tasks",
    "/readiness",
    "/setup",
    "/report",
    "/chart",
    "/language",
    "/template",
    "/help",
)
WORDS = (
    "電子カルテが動かない、画面に英語が出てる",
    "確認して記録しました",
    "9:05",
    "03-1234-5678",
    "2027/6/10",
    "月・水",
    "12",
    "山本",
)
DRILLS = ("contact", "tabletop", "quiz", "paper", "restore")


class Wanderer:
    """Taps, writes and waits by chance in a clinic of eight, one of whom has left and one of whom lost their phone."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.cast = open_demo(folder, demo_start(MORNING), lambda _, __: None)
        self.law = Law(self.cast.stage.lamp)
        self.engine: Engine = self.cast.stage.home.engine
        self._taps = count()
        for number, role in enumerate(("safety_manager", "doctor", "staff", "nurse"), start=5):
            self._enrols(role, f"職員{number}", number)
        *_, left, lost = self.engine.roster().members
        self._orders(Suspend(FACILITY, lost.id))
        self._orders(Suspend(FACILITY, left.id))

    def _enrols(self, role: str, name: str, rank: int) -> None:
        stage = self.cast.stage
        who = member_with(role, name, rank=rank)
        code = Invitation.make(
            self.engine, who, role, actor=CONSOLE, now=stage.clock.now(), days=7, cause=f"cast:{rank}"
        ).code
        stage.seat(code)

    def _orders(self, command: Command, actor: str = CONSOLE) -> None:
        cause = f"order:{self.chance.random()}"
        self.engine.handle(command, actor=actor, now=self.cast.stage.clock.now(), cause=cause)

    async def wanders(self, steps: int) -> None:
        """Do so many things, with the law looking on."""
        await self._begins(self.chance.choice(("an incident", "a drill", "a drill", "a year")))
        for _ in range(steps):
            await self._does_something(self.chance.choice(self.engine.roster().active()).id)
            self.law.look()

    async def _begins(self, what: str) -> None:
        stage, roster = self.cast.stage, self.engine.roster()
        if what == "an incident":
            await stage.say(self.cast.members["reception"], WORDS[0])
        elif what == "a drill":
            leads = roster.owners("safety_manager", self.engine.context(stage.clock.now(), "").today)[0].id
            who = self.chance.choice((self.cast.members["director"], self.cast.members["deputy"], leads))
            self._orders(BeginExercise("", self.chance.choice(DRILLS)), who)
        else:
            stage.clock.advance(days=8)
        await stage.settle()

    async def _does_something(self, member: str) -> None:
        stage, what = self.cast.stage, self.chance.random()
        offered = self.law.offered.get(member, [])
        if what < 0.65 and offered:
            cause = f"wander:{next(self._taps)}"
            button = self.chance.choice(offered[-15:])
            if button.startswith("menu|report|"):
                return  # a paper takes seconds to press; whether it may be asked for was tried
            await stage.lamp.hear(Heard(f"terminal:{member}", cause, stage.clock.now(), button=button, callback=cause))
            await stage.settle()
        elif what < 0.85:
            await stage.say(member, self.chance.choice(COMMANDS))
        elif what < 0.93:
            await stage.say(member, self.chance.choice(WORDS))
        else:
            await stage.wait(self.chance.choice((1, 3, 15)))


async def wanders_lawfully(folder: Path, seed: int, steps: int) -> None:
    """Wander."""
    wanderer = Wanderer(folder, seed)
    try:
        await wanderer.wanders(steps)
        held(wanderer.law)
        assert wanderer.cast.stage.home.journal.unhandled.all() == []
    finally:
        wanderer.cast.stage.home.close()


@pytest.mark.parametrize("seed", [1])
async def test_whoever_wanders_is_never_led_astray(seed: int, tmp_path: Path) -> None:
    """Whatever is tapped by chance, by whom, in which order: no screen offers what its reader may not."""
    await wanders_lawfully(tmp_path, seed, 15)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 42))
async def test_whoever_wanders_far_is_never_led_astray(seed: int, tmp_path: Path) -> None:
    """And for much longer."""
    await wanders_lawfully(tmp_path, seed, 150)


# Commands


def every_command(base: type[Command] = Command) -> Iterator[type[Command]]:
    """Give every command there is."""
    for command in base.__subclasses__():
        if command not in (LateCommand, FacilityCommand):
            yield command
        yield from every_command(command)


def test_no_command_is_without_its_power() -> None:
    """Each says who may give it: in a run, or in the facility where it is about that."""
    stated = {(state, command) for state, command, _ in powers}
    wanted = {(House if issubclass(c, FacilityCommand) else Run, c) for c in every_command()}

    assert sorted(command.__name__ for _, command in wanted - stated) == []
