"""The facilitator's view of a drill, all of it at once: what is to come with a hand on each, who has answered, what people do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.screens.drills.running import exercise_of, name_of, role_named, said
from bot.screens.labels import button
from bot.screens.scene import Rows, Scene, rows
from bot.screens.wall import newest
from bot.words.timeline import TimelineRow
from flows.board import board
from flows.commands.command import Command
from flows.commands.drilling import AskInject, HoldInject, PauseExercise, ResumeExercise, SendInject, SkipInject
from flows.commands.people import Close
from flows.response.injecting import planned
from flows.state.exercise import Exercise
from playbooks.drills.shape import Inject
from playbooks.frozen import frozen

ANSWERS = 15
"""So many of the newest entries are shown."""


@frozen
class Event:
    """One inject: ``state`` is ``sent``, ``held``, ``skipped`` or ``coming``; ``at`` is when it went or goes, None after a step.

    ``expects`` is what to listen for; ``rows`` are the hands on it.
    """

    state: str
    at: datetime | None
    to: str
    sender: str
    text: str
    expects: str
    rows: Rows


@frozen
class Facilitation:
    """A drill as whoever leads it sees it; ``minutes`` run without its pauses."""

    name: str
    minutes: int
    paused: bool
    coming: tuple[Event, ...]
    past: tuple[Event, ...]
    rows: Rows
    confirmed: int
    called: int
    unconfirmed: tuple[str, ...]
    excused: tuple[str, ...]
    newest: tuple[TimelineRow, ...]


def leads(scene: Scene) -> bool:
    """Say whether the reader leads the drill of the scene, which is still going on."""
    run = scene.run
    return run is not None and run.live and run.exercise is not None and scene.may(AskInject(run.id))


def facilitation(scene: Scene) -> Facilitation:
    """Give the drill as it stands; LookupError where the run is none."""
    run, exercise, who = scene.here(), exercise_of(scene), scene.words.who
    seen = board(run, scene.context, scene.reader, room=True)
    stands = exercise.paused_at is not None
    hands = [AskInject(run.id), ResumeExercise(run.id) if stands else PauseExercise(run.id), Close(run.id)]
    return Facilitation(
        name=name_of(scene, exercise),
        minutes=int(exercise.running_since(scene.context.now).total_seconds() // 60),
        paused=stands,
        coming=tuple(_coming(scene, exercise)),
        past=tuple(_past(scene, exercise)),
        rows=_offered(scene, hands),
        confirmed=seen.confirmed,
        called=seen.called,
        unconfirmed=tuple(who(m).unescape() for m in (*seen.unconfirmed, *seen.silent, *seen.unreachable)),
        excused=tuple(who(m).unescape() for m in sorted(exercise.excused)),
        newest=tuple(newest(scene, texts=True, most=ANSWERS)),
    )


def _offered(scene: Scene, moves: Sequence[Command]) -> Rows:
    return rows(*(button(scene, move) for move in moves if scene.may(move)), width=3)


def _past(scene: Scene, exercise: Exercise) -> Iterator[Event]:
    """Give what happened, the newest first, and what was left out."""
    known = {inject.id: inject for inject in exercise.injects}
    for happened in sorted(exercise.happened.values(), key=lambda one: one.at, reverse=True):
        to = scene.words.people(list(happened.to)).unescape()
        inject = known.get(happened.inject)
        if inject is None:
            yield Event("sent", happened.at, to, "", happened.text, "", ())
        else:
            yield _event(scene, inject, "sent", happened.at, to, [])
    for name in sorted(exercise.skipped):
        yield _event(scene, known[name], "skipped", None, _to(scene, known[name]), [])


def _coming(scene: Scene, exercise: Exercise) -> Iterator[Event]:
    """Give what is to come, the next first."""
    run = scene.here()
    for inject, when in planned(run, scene.context):
        held = inject.id in exercise.held
        moves: list[Command] = [SendInject(run.id, inject.id), SkipInject(run.id, inject.id)]
        moves[1:1] = [] if held else [HoldInject(run.id, inject.id)]
        yield _event(scene, inject, "held" if held else "coming", when, _to(scene, inject), moves)


def _to(scene: Scene, inject: Inject) -> str:
    return str(role_named(scene, inject.to))


def _event(scene: Scene, inject: Inject, state: str, at: datetime | None, to: str, moves: list[Command]) -> Event:
    text, expects, sender = (said(scene, words) for words in (inject.text, inject.expects, inject.sender))
    return Event(state, at, to, sender, text, expects, _offered(scene, moves))
