"""One registry of handlers by type: no command and no event is without one, and one that forgets to register is named."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from flows import decide, engine, settle
from flows.commands.command import Command, FacilityCommand, LateCommand
from flows.commands.people import Claim, ShowAgain
from flows.commands.upkeep import DropTask
from flows.events.calling import CommandLapsed
from flows.events.drilling import InjectHeld, InjectSkipped
from flows.events.ending import Aborted, Closed
from flows.events.event import KINDS, Event, FacilityEvent, RunEvent
from flows.events.facility import (
    BoardOffered,
    ClockSetBack,
    MemberReachable,
    MemberUnreachable,
    PageEntered,
    PageLeft,
    PageOffered,
    RecordDoubted,
    RunUnread,
    SealKeyChanged,
)
from flows.events.papers import BlackedOut, HouseBlackedOut, OpenedAtMachine, TextsLookedAt
from flows.events.reporting import DutyRefused
from flows.events.telling import EvidenceKept, LineWasAway
from flows.events.upkeep import TaskDone
from flows.events.working import AnswerTakenBack, PassedOver, TrackStarted
from flows.facility.settling import Matter, settles
from flows.handlers import Handlers
from flows.response.asking import TAKERS, takes
from flows.response.audience import Circumstances, tells
from flows.state import replay
from flows.state.backups import Backups
from flows.state.drill_calendar import DrillCalendar
from flows.state.house import House
from flows.state.run import Run
from flows.state.stamp import Stamp, evolves
from flows.state.wall_pack import WallPack
from flows.state.work import Work, decides
from playbooks.model import Step
from tests.code import modules, nodes

ROOT = Path(engine.__file__).parent.parent

PARTS = (House, DrillCalendar, WallPack, Backups)
"""What the facility's events change."""

DECIDES_NOTHING: dict[type, str] = {
    ShowAgain: "it only asks for a screen, which whoever hears it shows",
}
"""Commands that are never decided, and why."""

CHANGES_NOTHING: dict[type, str] = {
    BlackedOut: "the entry that it blacks out is read anew (`Engine`)",
    HouseBlackedOut: "the same",
    ClockSetBack: "it changes all runs and the facility at once, where all of them are held (`Replayed`)",
    OpenedAtMachine: "it is there to be read in the record",
    RecordDoubted: "it is there to be read in the record",
    RunUnread: "it is there to be read in the record",
    SealKeyChanged: "it is there to be read in the record",
    MemberUnreachable: "the address's row in the registry says it",
    MemberReachable: "the address's row in the registry says it",
    PageOffered: "the link's row in the registry says it",
    PageEntered: "the browser's row in the registry says it",
    BoardOffered: "the link's row in the registry says it",
    PageLeft: "the browser's row in the registry, which is gone, says it",
}
"""Events that change no state, and why."""

TOLD_TO_NOBODY: dict[type, str] = {
    AnswerTakenBack: "the step that stands open again is shown",
    CommandLapsed: "whoever is asked next to decide is told",
    DutyRefused: "the decision behind it is told",
    EvidenceKept: "whoever handed it in was thanked when it came",
    InjectHeld: "only whoever leads the drill has to know, and they did it",
    InjectSkipped: "only whoever leads the drill has to know, and they did it",
    LineWasAway: "whoever taps is answered as ever; it says in the record when that may have been",
    OpenedAtMachine: "those who may know agreed on it with whoever sits at the machine",
    PassedOver: "whoever had the step is told that it is needed no more",
    TextsLookedAt: "whoever looked is shown what is left to look at",
    TrackStarted: "its first step is shown",
}
"""Events of a run that owe nobody a message of their own, and why."""

REGISTERS = {"decides", "settles", "evolves", "tells", "takes"}

BESIDE: dict[type, list[list[type]]] = {
    Work: [[]],
    Matter: [[]],
    Run: [[Stamp], [Circumstances]],
    **{part: [[Stamp]] for part in PARTS},
}
"""What a handler takes beside the thing it handles, by what it looks at or changes."""

Key = tuple[type, type]


# What is there


def commands(base: type[Command] = Command) -> Iterator[type[Command]]:
    """Give every class of commands that somebody can order."""
    for cls in base.__subclasses__():
        yield from commands(cls)
        if cls not in (LateCommand, FacilityCommand) and cls.__module__.startswith("flows."):
            yield cls


def events(base: type[Event]) -> set[type[Event]]:
    """Give every class of events that may stand in a run, or in the facility."""
    return {cls for cls in KINDS.values() if issubclass(cls, base)}


def keys(handlers: Handlers[Any, Any]) -> set[Key]:
    """Give the types that have a handler."""
    return {(state, thing) for state, thing, _ in handlers}


def named(found: Iterable[type | Key]) -> list[str]:
    """Name classes for a failure."""
    return sorted("/".join(t.__name__ for t in (one if isinstance(one, tuple) else (one,))) for one in found)


def registering(room: str = "") -> set[str]:
    """Name the modules of flows that register anything, read from their text."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in modules(f"flows/{room}")
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if getattr(mark.func if isinstance(mark, ast.Call) else mark, "id", "") in REGISTERS
    }


# Nothing is without a handler


def test_every_command_is_decided_once() -> None:
    """A command of a run by one handler, a command of the facility by another; what neither decides says why."""
    everything = set(commands())
    for_runs = {(Work, cls) for cls in everything if not issubclass(cls, FacilityCommand)}
    for_facility = {(Matter, cls) for cls in everything if issubclass(cls, FacilityCommand)}

    assert named(for_runs - keys(decides)) == named((Work, cls) for cls in DECIDES_NOTHING)
    assert named(for_facility - keys(settles)) == []
    assert named(keys(settles) - for_facility) == ["Matter/DropQuestion"]  # asked in a run or in the facility
    assert named(keys(decides) - for_runs) == []


def test_every_event_changes_something() -> None:
    """An event of a run changes it, one of the facility some part of its state, or the reason is given here."""
    without = {cls for cls in events(RunEvent) if (Run, cls) not in keys(evolves)}
    without |= {cls for cls in events(FacilityEvent) if not {(part, cls) for part in PARTS} & keys(evolves)}

    assert named(without) == named(CHANGES_NOTHING)
    assert {state for state, _ in keys(evolves)} == {Run, *PARTS}


def test_every_event_of_a_run_is_told() -> None:
    """Somebody hears of it, or the reason is given here; what the facility's events owe stands in their settlement."""
    assert named(cls for cls in events(RunEvent) if (Run, cls) not in keys(tells)) == named(TOLD_TO_NOBODY)
    assert named(keys(tells) - {(Run, cls) for cls in events(RunEvent)}) == []


def test_whatever_is_asked_is_taken() -> None:
    """What a run waits for has somebody who takes it, and nobody waits for what is never asked."""
    asked = {
        str(node.args[1].value)
        for path in modules("flows")
        for node in nodes(path)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Asked"
        if isinstance(node.args[1], ast.Constant)
    }
    by_text = {*get_args(get_type_hints(Step)["takes"])} - {
        "nothing",
        "choice",
        "sign_off",
        "photo",
        "checklist",
        "card",
    }

    assert sorted(asked | by_text | {"reason"}) == sorted(TAKERS)


# Nobody forgets to register


def handlers_by_shape(module: ModuleType) -> Iterator[Callable[..., Any]]:
    """Give the functions of a module that take what a handler takes."""
    for function in vars(module).values():
        if isfunction(function) and function.__module__ == module.__name__:
            hints = [hint for name, hint in get_type_hints(function).items() if name != "return"]
            if _is_a_handlers(hints):
                yield function


def _is_a_handlers(hints: list[Any]) -> bool:
    if hints == [Work, Mapping[str, Any], str]:
        return True
    if len(hints) < 2 or hints[0] not in BESIDE:
        return False
    base = Command if hints[0] in (Work, Matter) else Event
    things = get_args(hints[1]) or (hints[1],)
    return hints[2:] in BESIDE[hints[0]] and all(isinstance(t, type) and issubclass(t, base) for t in things)


def registered() -> set[Callable[..., Any]]:
    """Give all handlers there are."""
    return {*TAKERS.values()} | {handler for one in (decides, settles, evolves, tells) for *_, handler in one}


def test_no_handler_forgets_to_register() -> None:
    """Whatever looks like a handler is one: a function without its decorator is named here."""
    modules = [importlib.import_module(name) for name in sorted(registering())]
    forgotten = [f"{m.__name__}.{f.__name__}" for m in modules for f in handlers_by_shape(m) if f not in registered()]

    assert modules
    assert forgotten == []


@pytest.mark.parametrize(
    "hints",
    [
        {"work": Work, "command": Claim},
        {"matter": Matter, "command": DropTask},
        {"run": Run, "event": Closed | Aborted, "stamp": Stamp},
        {"house": House, "event": TaskDone, "stamp": Stamp},
        {"run": Run, "event": Closed, "how": Circumstances},
        {"work": Work, "about": Mapping[str, Any], "text": str},
    ],
)
def test_the_rule_about_forgetting_bites(hints: dict[str, Any]) -> None:
    """Each kind of handler is seen for what it is."""

    def forgetful() -> None: ...

    module = ModuleType("topic")
    forgetful.__module__, forgetful.__annotations__ = module.__name__, hints
    module.__dict__["forgetful"] = forgetful

    assert [*handlers_by_shape(module)] == [forgetful]
    assert forgetful not in registered()


@pytest.mark.parametrize(
    ("room", "listed"),
    [("response", decide.TOPICS), ("facility", settle.TOPICS), ("calendar", settle.TOPICS), ("state", replay.TOPICS)],
)
def test_every_topic_is_listed(room: str, listed: tuple[ModuleType, ...]) -> None:
    """A room's modules that register something stand in the list of whoever looks them up there."""
    parts = {part.__module__ for part in PARTS}  # a state that says itself what changes it

    assert registering(room) - parts == {m.__name__ for m in listed if m.__name__.startswith(f"flows.{room}.")}


def test_the_engine_brings_all_topics() -> None:
    """Nobody has to think of importing a topic: with the engine all of them are there."""
    show = "import sys, flows.engine; print(*(name for name in sys.modules if name.startswith('flows.')))"
    loaded = subprocess.run([sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert registering() - {*loaded.split()} == set()


# The registry itself


@dataclass(frozen=True)
class Lamp:
    """Something that things are done to."""

    name: str


def test_a_handler_is_found_by_its_types() -> None:
    """By what it is annotated with, each member of a union by itself; other types have none."""
    lights: Handlers[[int], str] = Handlers()

    @lights
    def light(lamp: Lamp, by: int | str, times: int) -> str:
        return f"{lamp.name} {by} {times}"

    found = lights.of(Lamp("灯"), "match")

    assert found is not None
    assert found(2) == "灯 match 2"
    assert {(state, thing) for state, thing, _ in lights} == {(Lamp, int), (Lamp, str)}
    assert lights.of(Lamp("灯"), 1.5) is None
    assert lights.of("lamp", 1) is None


def test_one_handler_a_type() -> None:
    """A second handler of the same types is refused as soon as it is imported, by name."""
    lights: Handlers[[], None] = Handlers()

    @lights
    def light(lamp: Lamp, by: int) -> None: ...

    with pytest.raises(TypeError, match=r"again: Lamp already has a handler of int"):

        @lights
        def again(lamp: Lamp, by: int) -> None: ...


def test_one_taker_a_question() -> None:
    """What is asked is taken by one."""
    with pytest.raises(ValueError, match="'waive' is taken by another"):

        @takes("waive")
        def again(work: Work, about: Mapping[str, Any], text: str) -> None: ...
