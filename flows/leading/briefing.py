"""What whoever leads reads at a glance: what is done, what is not, by name, and whom to call next; at set times, all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from contacts.shapes.hours import sessions_on
from flows.commands.clock import Brief
from flows.events.telling import Briefed
from flows.helping.unsure import undone
from flows.listening.pleas import GRAVE, doubted
from flows.messages.calling import BriefingCard, BriefingLine
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, followers, tells
from flows.response.lines import open_lines
from flows.response.promises import waiting
from flows.response.reporting import DutyNow, duties_now
from flows.response.steps import applies
from flows.scene.gate import contained
from flows.scene.presence import is_free
from flows.scene.pulled import FIRST_THINGS
from flows.scene.voice import in_house, runs_scene
from flows.state.run import Answered, Promise, Run
from flows.state.work import Context, Work, decides
from playbooks.frozen import frozen
from playbooks.model import Step


@frozen
class Thing:
    """A step or a line (``card/line``) of a run."""

    track: str
    step: str


@frozen
class Relief:
    """Three lines for whoever relieves: what is done, what is not, each by name, and the next call (None: there is none)."""

    done: tuple[Thing, ...]
    open: tuple[Thing, ...]
    call: Thing | None


def relief(run: Run, context: Context) -> Relief:
    """Give what was done and what is not, the most urgent and the newest first: what is done by hand or by a call before all else."""
    left, doubts = list(still_open(run, context)), doubted(run)
    sure = (it for it in run.answered.items() if it[1].settles and it[1].turn not in doubts)
    settled = sorted(((how.turn, place) for place, how in sure), reverse=True)
    calls = (it for it in left if run.text_of(it.track, it.step).contact)
    done = [Thing(*place) for _, place in settled]
    return Relief(_telling(run, done), _telling(run, left), next(calls, None))


def _telling(run: Run, things: Sequence[Thing]) -> tuple[Thing, ...]:
    """Give what is done by hand or by a call; where nothing is, all of it: "nothing" is said only of nothing."""
    return tuple(it for it in things if _counts(run.text_of(it.track, it.step))) or tuple(things)


def still_open(run: Run, context: Context) -> Iterator[Thing]:
    """Give what was answered and is not done, then where each track stands, the most urgent first; of a card its open lines.

    What somebody says is not done, though it stands as done, comes before all.
    """
    doubts = doubted(run)
    yield from (Thing(*place) for place, how in run.answered.items() if how.turn in doubts)
    yield from (Thing(left.track, left.step) for left in undone(run, context))
    playbook = run.playbook
    if playbook is None:
        return
    names = [name for name, track in run.tracks.items() if track.open and name in playbook.tracks]
    for name in sorted(names, key=lambda it: playbook.tracks[it].urgency):
        here = run.tracks[name].step
        lines = open_lines(run, context, name, here)
        yield from (Thing(name, f"{here}/{line}") for line in lines) if lines else (Thing(name, here),)


def _counts(step: Step) -> bool:
    return not step.lines and (step.hands or step.picture is not None or step.contact is not None)


# ── the card at set times ───────────────────────────────────────────────────────────────────────────────────────────

FIRST, AGAIN = timedelta(minutes=15), timedelta(minutes=30)
"""From the beginning to the first card, and from one to the next until the spread is stopped."""

NOON, EVENING = time(12, 0), time(17, 0)
"""Local times of the cards after that, beside the end of the day's last session."""

WAKING, SLEEPING = time(7, 0), time(22, 0)
"""Nobody is briefed outside of these local times."""

THINGS = ("cut", "backups", "line")
"""What of the first things stands on the card."""

DANGERS = GRAVE | {"second_machine"}
"""What people say that means danger."""


@frozen
class Briefing:
    """The facts of the card, in the order of its lines; ``things`` is of each thing how it was answered last, None: not yet."""

    leads: str | None
    things: dict[str, Answered | None]
    promises: tuple[Promise, ...]
    vendor: Answered | None
    danger: tuple[str, ...]
    open: tuple[Thing, ...]
    free: tuple[str, ...]
    call: Thing | None
    tomorrow: tuple[DutyNow, ...]


def briefing(run: Run, context: Context) -> Briefing:
    """Give what the card says now."""
    here = relief(run, context)
    told = (p for p in run.pleas.values() if p.answered is None)
    idle = (m for m in in_house(run, context) if is_free(run, context, m))
    things = {what: (there, _how(run, there)) for what in THINGS if (there := _asked(run, context, FIRST_THINGS[what]))}
    calls = [a for place, a in run.answered.items() if (run.text_of(*place).contact or "").startswith("vendor:")]
    return Briefing(
        leads=run.commander,
        things={
            what: how
            for what, (there, how) in things.items()
            if how is not None or run.as_attacked or _is_asked(run, there)
        },
        promises=tuple(waiting(run)),
        vendor=max(calls, key=lambda a: (a.settles, a.turn), default=None),
        danger=tuple(dict.fromkeys(want for plea in told for want in plea.wants if want in DANGERS)),
        open=here.open,
        free=tuple(m for m in idle if m != run.commander),
        call=here.call,
        tomorrow=tuple(d for d in duties_now(run, context.today) if d.wanted),
    )


def _asked(run: Run, context: Context, pictures: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the steps and lines of a run's playbook that are about a thing."""
    if run.playbook is None:
        return []
    places = ((track, place) for (track, _), place in run.playbook.places().items())
    texts = ((where, run.text_of(*where)) for where in places)
    return [where for where, text in texts if text.picture in pictures and applies(text, run, context)]


def _is_asked(run: Run, places: list[tuple[str, str]]) -> bool:
    """Say whether somebody has one of these before them: of a failure, leads are pulled only where it may be an attack."""
    cards = {(track, place.partition("/")[0]) for track, place in places}
    return any((shown.track, shown.step) in cards for shown in run.open_steps())


def _how(run: Run, places: list[tuple[str, str]]) -> Answered | None:
    """Give how a thing was answered, in the steps and lines about it: what got it done before what didn't, else the newest."""
    found, doubts = (run.answered.get(where) for where in places), doubted(run)
    return max(
        (a for a in found if a is not None and a.turn not in doubts),
        key=lambda a: (a.answer == "done", a.settles, a.turn),
        default=None,
    )


def brief_due(run: Run, context: Context) -> datetime | None:
    """Give when those who lead are briefed next; None where nobody is: it isn't urgent, is practised, or is over."""
    began = run.declared_at
    busy = run.live and run.grade == "urgent" and run.exercise is None and run.state not in ("reported", "reviewing")
    if began is None or not busy:
        return None
    if contained(run):
        return next(moment for moment in _of_the_day(context, max(run.briefed or began, began)))
    return _awake(context, run.briefed + AGAIN if run.briefed else began + FIRST)


def _awake(context: Context, moment: datetime) -> datetime:
    """Give the moment itself, or the next morning."""
    local = context.roster.facility.local(moment)
    if WAKING <= local.time() < SLEEPING:
        return moment
    day = local.date() + timedelta(days=local.time() >= SLEEPING)
    return datetime.combine(day, WAKING, local.tzinfo)


def _of_the_day(context: Context, after: datetime) -> Iterator[datetime]:
    """Give noon, evening and closing of each day from a moment on."""
    facility = context.roster.facility
    local = facility.local(after)
    for days in range(400):
        day = local.date() + timedelta(days=days)
        at = {NOON, EVENING, *(closes for closes in [_closing(context, day)] if closes)}
        yield from (m for t in sorted(at) if (m := datetime.combine(day, t, local.tzinfo)) > after)


def _closing(context: Context, day: date) -> time | None:
    """Give when the last session of a day ends; None on a day without any."""
    facility = context.roster.facility
    sessions = facility.half_days.get(day, sessions_on(facility.sessions, day))
    return None if day in facility.closed else max((s.until for s in sessions), default=None)


@decides
def brief(work: Work, _: Brief) -> None:
    """Brief those who lead, and tell the others in a line."""
    run, context = work.run, work.context
    runs = runs_scene(run, context)
    deciding = [m.id for m in context.chain() if m.id in run.acknowledged]
    to = [run.commander] if run.commander else list(dict.fromkeys([*deciding, *([runs] if runs else [])]))
    if brief_due(run, context) is None:
        raise Refused("stale")
    others = [m for m in followers(run, context) if m not in to] if run.calls_everybody else []
    work.add(Briefed(tuple(to), tuple(others)))


@tells
def _briefed(run: Run, event: Briefed, _: Circumstances) -> Iterator[Owed]:
    yield from (Owed(m, BriefingCard(), run.id, priority=SOON) for m in event.to)
    yield from (Owed(m, BriefingLine(), run.id, priority=SOON, silent=True) for m in event.others)
