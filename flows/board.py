"""The board: how a run stands at a glance, for one person's screen; facts only, the words are chosen elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime

from flows.commands.command import Command
from flows.commands.drilling import EndExcuse, Excuse, PauseExercise, ResumeExercise
from flows.commands.people import (
    CallOff,
    Claim,
    Close,
    LowerGrade,
    RaiseGrade,
    Ratify,
    Reopen,
    SignOff,
    TakeCommand,
    TellByMouth,
    TellPresence,
    WriteLater,
)
from flows.helping.unsure import Undone, undone
from flows.overdue import next_due, time_allowed_until
from flows.powers import CHAIN, may
from flows.response.alarm import charge, ringing
from flows.response.closing import Obstacle, left_to_do, ready_to_sign
from flows.response.promises import waiting
from flows.response.reporting import DutyNow, duties_now
from flows.scene.circle import sees
from flows.scene.gate import held, waits
from flows.scene.grades import above, below, can_change
from flows.scene.presence import LEFT, PLACES, is_free, where_is
from flows.scene.voice import runs_scene
from flows.state.exercise import Exercise
from flows.state.machines import run_may
from flows.state.run import Promise, Run, Shown
from flows.state.work import Context
from playbooks.frozen import frozen


@frozen
class TrackLine:
    """One track: how many steps are answered of how many ahead, and who has which step on the screen since when."""

    track: str
    done: int
    total: int
    step: str | None
    member: str | None
    since: datetime | None
    overdue: bool
    waits: bool
    left_open: int
    """How many mandatory steps were answered without being settled (「できません」)."""


@frozen
class Board:
    """A run at a glance. What the ``deciding`` side needs is told to it alone; others have enough with who leads and theirs.

    ``moves`` are the commands that are legal for the reader now, in the order of the buttons.
    """

    tracks: tuple[TrackLine, ...]
    commander: str | None
    reserved: bool
    asked: tuple[str, ...]
    confirmed: int
    called: int
    unconfirmed: tuple[str, ...]
    silent: tuple[str, ...]
    unreachable: tuple[str, ...]
    provisional: int
    next_at: datetime | None
    moves: tuple[Command, ...]
    duties: tuple[DutyNow, ...] = ()
    asked_next: str | None = None
    passes_at: datetime | None = None
    """When ``asked_next`` (None: everybody) is asked to decide, if nobody answers; None while nothing is waited for."""
    promises: tuple[Promise, ...] = ()
    """What people outside promised, for those who decide and for whoever holds a promise."""
    deciding: bool = True
    own: Shown | None = None
    """The step on the reader's own screen."""
    undone: tuple[tuple[str, str], ...] = ()
    """What was answered and is not done, as (track, step), the oldest first."""
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who said that they are where, by place; the reader left out."""
    coming: tuple[tuple[str, str, datetime | None], ...] = ()
    """Who is on their way: to whom (empty: to the house), and when they said they would be here (None: they named no time)."""
    scene: str | None = None
    """Who runs the scene, as long as nobody leads."""
    spoken: tuple[tuple[str, str], ...] = ()
    """With whom somebody says they spoke, and who says so, where it isn't confirmed: as (whom, by)."""


def board(run: Run, context: Context, reader: str, *, room: bool = False) -> Board:
    """Give the board of a run as ``reader`` sees it at ``context.now``; on the wall of a ``room`` all is shown, and nothing is done."""
    active = {m.id: m for m in context.roster.active()}
    called = {*run.ring, *run.quiet, run.reporter} & set(active)  # whoever leads a drill is no one of them
    unconfirmed = [m for m in run.unconfirmed() if m in active]
    silent = ringing.silent(run, context)
    unreachable = tuple(m.id for m in active.values() if not m.channels)
    deciding = room or reader == run.commander or may(CHAIN, context)
    leads_drill = run.exercise is not None and reader in (run.exercise.facilitator, run.exercise.begun_by)
    keeps_safe = reader in active and "safety_manager" in active[reader].roles
    decides, scene = deciding or leads_drill or keeps_safe or not run.live, runs_scene(run, context)
    heard = any(m.id in run.acknowledged for m in context.chain())
    alone = reader == scene and run.command_offered is not None and not heard
    owes = decides or alone  # somebody has to know what is owed
    where = {m: where_is(run, context, m) for m in active if m != reader}
    left, stays = left_to_do(run, context), undone(run, context)
    moves = _moves(run, context, reader, unconfirmed, deciding=deciding) if not room else ()
    return Board(
        tracks=tuple(
            _line(run, context, name, left, stays)
            for name in run.tracks
            if run.playbook and name in run.playbook.tracks
        ),
        commander=run.commander,
        reserved=run.reserved,
        asked=tuple(run.asked_to_command) if run.commander is None and run.command_offered is None else (),
        confirmed=len(called & set(run.acknowledged)),
        called=len(called),
        unconfirmed=tuple(m for m in unconfirmed if m not in silent and m not in unreachable),
        silent=tuple(m for m in silent if m not in unreachable),
        unreachable=unreachable,
        provisional=len([d for d in run.decisions.values() if d.provisional and d.ratified is None]),
        next_at=next_due(run, context),
        moves=tuple(moves) if sees(run, context, reader) else (),
        duties=tuple(
            d for d in duties_now(run, context.today) if owes and d.wanted and not waits(run, context, d.id, d.owed)
        ),
        asked_next=charge.asked_next(run, context),
        passes_at=charge.command_due(run, context),
        promises=tuple(p for p in waiting(run) if run.live and (deciding or p.by == reader)),
        deciding=decides,
        own=run.open_step_of(reader),
        undone=tuple((one.track, one.step) for one in stays),
        places={place: tuple(m for m, said in where.items() if said == place) for place in (*PLACES, LEFT)},
        coming=tuple(_coming(run)),
        scene=scene,
        spoken=tuple(
            (c.whom, c.caller) for c in run.voice_calls.values() if c.reached and c.whom not in run.acknowledged
        ),
    )


def _coming(run: Run) -> Iterator[tuple[str, str, datetime | None]]:
    """Give who is on their way, and who goes to a colleague that called."""
    yield from ((member, "", it.until) for member, it in run.arrivals.items())
    for call in run.help_calls.values():
        if call.coming is not None and run.shown[call.shown].open:
            yield call.coming, call.member, None


def _line(run: Run, context: Context, name: str, left: list[Obstacle], stays: list[Undone]) -> TrackLine:
    playbook = run.playbook
    assert playbook is not None  # noqa: S101  (tracks come with the playbook)
    steps = playbook.tracks[name].steps
    answered = [s for s in steps if (name, s) in run.answered or (name, s) in run.waived]
    ahead = len(_ahead(run, name, left))
    shown = next((s for s in run.open_steps() if s.track == name), None)
    here = run.tracks[name]
    return TrackLine(
        track=name,
        done=len(answered),
        total=len(answered) + ahead,
        step=here.step if here.open else None,
        member=shown.member if shown else None,
        since=shown.at if shown else None,
        overdue=shown is not None and time_allowed_until(run, shown) <= context.now,
        waits=here.open and shown is None,
        left_open=len([one for one in stays if one.track == name]),
    )


def _ahead(run: Run, name: str, left: list[Obstacle]) -> list[str]:
    steps = [o.step for o in left if o.kind == "step" and o.track == name]
    return list(dict.fromkeys(s.partition("/")[0] for s in steps if (name, s) not in run.answered))


def _moves(run: Run, context: Context, reader: str, unconfirmed: list[str], *, deciding: bool) -> list[Command]:
    if not run.live:
        reopens = run_may(run.state, "reopen", run.mode) and may(Reopen(run.id), context, run)
        return [WriteLater(run.id), *([Reopen(run.id)] if reopens else [])]
    found: list[Command] = []
    if run.exercise is not None and reader in unconfirmed:
        found.append(TellPresence(run.id, ""))
    if run.commander != reader and may(TakeCommand(run.id), context, run):
        found.append(TakeCommand(run.id))
    if is_free(run, context, reader):
        waiting = (Claim(run.id, track) for track, step in run.waiting() if not held(run, context, track, step))
        found += [c for c in waiting if may(c, context, run)]
    by_mouth = [m for m in ringing.silent(run, context) if m != reader]
    found += [TellByMouth(run.id, m) for m in by_mouth]
    pending = [Ratify(run.id, d.turn, "yes") for d in run.decisions.values() if d.provisional and d.ratified is None]
    found += [ratify for ratify in pending if may(ratify, context, run)]
    if run.exercise is not None and run.state != "reviewing":
        found += _in_drill(run, run.exercise, reader)
    if run.playbook is not None and deciding:
        last_word = SignOff(run.id) if ready_to_sign(run) else Close(run.id)
        found += [order for order in (last_word, CallOff(run.id)) if may(order, context, run)]
    return [*found, *_louder_or_less(run, context, reader)]


def _louder_or_less(run: Run, context: Context, reader: str) -> list[Command]:
    """Anybody may make it louder; that it may be less loud is shown to whoever leads alone, who knows enough to say so."""
    if not can_change(run):
        return []
    higher, lower = above(run.grade), below(run) if run.commander == reader else None
    wanted = [RaiseGrade(run.id, higher) if higher else None, LowerGrade(run.id, lower) if lower else None]
    return [order for order in wanted if order is not None and may(order, context, run)]


def _in_drill(run: Run, exercise: Exercise, reader: str) -> list[Command]:
    """Patients come first: anybody may step out, or let the drill stand still."""
    stands = exercise.paused_at is not None
    return [
        EndExcuse(run.id) if reader in exercise.excused else Excuse(run.id),
        ResumeExercise(run.id) if stands else PauseExercise(run.id),
    ]
