"""The board on the wall of a room: how a run stands, in words, for everybody who looks up, and nothing that can be tapped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from bot.screens.runs.duty_lines import name as duty_name
from bot.screens.runs.duty_lines import when as duty_when
from bot.screens.runs.promise import whose
from bot.screens.runs.run import step_name, title
from bot.screens.scene import Scene
from bot.words.timeline import TimelineRow, latest
from flows.board import Board, TrackLine, board
from flows.events.event import Event
from flows.response.reporting import DutyNow
from flows.state.run import Promise
from flows.written.free_text import veiled
from playbooks.frozen import frozen

NEWEST = 8
"""So many entries are shown."""

VEIL = "…"
"""What stands in the place of words that people wrote."""


@frozen
class Lane:
    """One track: its ``mark`` (done, going, waiting, overdue), how far it is, and who is on what since when."""

    title: str
    mark: str
    done: int
    total: int
    step: str
    who: str
    minutes: int
    left_open: int


@frozen
class Awaited:
    """What somebody outside promised, or a report that is owed: until when, in how many minutes or days (late: less than none)."""

    what: str
    until: str
    left: int | None
    late: bool
    who: str = ""


@frozen
class Wall:
    """What the wall shows of a run."""

    drill: bool
    live: bool
    title: str
    state: str
    since: datetime | None
    minutes: int
    commander: str
    asked: str
    asked_next: str
    asked_in: int | None
    scene: str
    lanes: tuple[Lane, ...]
    confirmed: int
    called: int
    unconfirmed: tuple[str, ...]
    silent: tuple[str, ...]
    unreachable: tuple[str, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    undone: tuple[str, ...]
    promises: tuple[Awaited, ...]
    duties: tuple[Awaited, ...]
    newest: tuple[TimelineRow, ...]


def wall(scene: Scene, *, texts: bool) -> Wall:
    """Give how a run stands, as of the scene's moment; ``texts``: with what people wrote, else only what is ours to say."""
    run, words, now = scene.here(), scene.words, scene.context.now
    seen = board(run, scene.context, scene.reader, room=True)
    began = run.reported_at or now
    who = partial(_name, scene)
    return Wall(
        drill=run.drill,
        live=run.live,
        title=title(scene),
        state=words.say(f"state.{run.state}").unescape(),
        since=run.reported_at,
        minutes=_minutes(began, run.ended_at or now),
        commander=who(seen.commander),
        asked=who(seen.asked[-1]) if seen.asked else "",
        asked_next=who(seen.asked_next),
        asked_in=_minutes(now, seen.passes_at) if seen.passes_at else None,
        scene=who(seen.scene),
        lanes=tuple(_lane(scene, line) for line in seen.tracks),
        confirmed=seen.confirmed,
        called=seen.called,
        unconfirmed=tuple(map(who, seen.unconfirmed)),
        silent=tuple(map(who, seen.silent)),
        unreachable=tuple(map(who, seen.unreachable)),
        places=tuple(_places(scene, seen)),
        undone=tuple(step_name(scene, track, step) for track, step in seen.undone),
        promises=tuple(_promised(scene, promise) for promise in seen.promises),
        duties=tuple(_owed(scene, duty) for duty in seen.duties),
        newest=tuple(newest(scene, texts=texts)),
    )


def _name(scene: Scene, member: str | None) -> str:
    return scene.words.who(member).unescape() if member else ""


def _minutes(since: datetime, until: datetime) -> int:
    return int((until - since).total_seconds() // 60)


def _lane(scene: Scene, line: TrackLine) -> Lane:
    run, now = scene.here(), scene.context.now
    track = run.playbook.tracks[line.track].title.in_language(scene.words.language) if run.playbook else line.track
    mark = "done" if line.step is None else "overdue" if line.overdue else "waiting" if line.waits else "going"
    return Lane(
        track,
        mark,
        line.done,
        line.total,
        step_name(scene, line.track, line.step) if line.step else "",
        _name(scene, line.member),
        _minutes(line.since, now) if line.since else 0,
        line.left_open,
    )


def _places(scene: Scene, seen: Board) -> Iterator[tuple[str, tuple[str, ...]]]:
    for place, there in seen.places.items():
        if there:
            yield scene.words.say(f"where.{place}").unescape(), tuple(_name(scene, member) for member in there)


def _promised(scene: Scene, promise: Promise) -> Awaited:
    now, until = scene.context.now, promise.until
    at = scene.words.clock_time(until, scene.context.today) if until else ""
    left = _minutes(now, until) if until else None
    late = until is not None and until <= now
    return Awaited(str(whose(scene, promise)), at, left, late, _name(scene, promise.by))


def _owed(scene: Scene, duty: DutyNow) -> Awaited:
    last = duty.owed.last_day if duty.owed is not None else None
    left = (last - scene.context.today).days if last is not None else None
    return Awaited(str(duty_name(scene, duty.id)), str(duty_when(scene, duty)), left, duty.overdue)


def newest(scene: Scene, *, texts: bool, most: int = NEWEST) -> Iterator[TimelineRow]:
    """Give the newest entries, the newest first, without reading a long run from its beginning."""
    run, journal = scene.here(), scene.engine.journal
    last, span = journal.head().seq, 64
    while len(found := list(journal.entries(after=max(0, last - span), run=run.id))) < most and span < last:
        span *= 4

    def seen(event: Event) -> Event:
        return event if texts else veiled(event, VEIL)

    rows = latest(run, found[-most:], lambda: list(journal.entries(run=run.id)), scene.words, seen)
    yield from reversed(rows)
