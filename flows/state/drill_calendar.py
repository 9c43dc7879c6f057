"""The calendar of drills as the replay of its entries: each drill's date and state, and what rests on whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows.events.drills import (
    NEW_CADENCE,
    CadenceChanged,
    DrillAnnounced,
    DrillCancelled,
    DrillDebriefed,
    DrillMissed,
    DrillMoved,
    DrillPlanned,
    DrillReminded,
    DrillScenarioChosen,
    DrillSignedOff,
    DrillStarted,
    VendorInvited,
    VendorUninvited,
    YearPlanned,
)
from flows.events.facility import MemberEnrolled
from flows.planning.planning import Standing
from flows.planning.reasons import why
from flows.state.machines import AHEAD, drill_after
from flows.state.stamp import Stamp, evolves
from playbooks.drills.shape import DrillKind, DrillLibrary
from playbooks.frozen import frozen
from playbooks.texts import Wording


@frozen
class Drill:
    """One drill: when it is or was to be held (``at``), by which day of its cycle (``until``), and where it stands.

    ``since`` is when this date was set, by the entry ``turn``, and ``moves`` how often it was changed. ``reminded`` are
    the days before it of which whoever decides was told, 0 for the hour itself; ``told`` says that the staff know.
    ``run`` is its run once it has begun at ``started``, ``starts`` how often it has. ``reason`` is why it was moved,
    missed or cancelled last, in a person's words or as a cause. ``vendors`` are those who were invited to it.
    """

    id: str
    kind: str
    at: datetime
    until: date
    why: Wording
    since: datetime
    turn: int
    state: str = "planned"
    scenario: str | None = None
    member: str | None = None
    after: str | None = None
    by_hand: bool = False
    moves: int = 0
    starts: int = 0
    reminded: frozenset[int] = frozenset()
    told: bool = False
    run: str = ""
    started: datetime | None = None
    reason: str = ""
    vendors: tuple[str, ...] = ()

    @property
    def ahead(self) -> bool:
        """Whether it is still to be held."""
        return self.state in AHEAD

    @property
    def standing(self) -> Standing:
        """What the planner has to know of it."""
        return Standing(self.id, self.kind, self.at, self.scenario, self.state not in ("missed", "cancelled"))


@frozen
class YearDone:
    """That a year was planned: on what facts (a digest), when, and which kinds found no time."""

    basis: str
    at: datetime
    unplaced: tuple[str, ...]


@dataclass
class DrillCalendar:
    """All drills by id, the years that were planned, who joined when, and what the facility holds otherwise."""

    drills: dict[str, Drill] = field(default_factory=dict)
    years: dict[int, YearDone] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    cadences: dict[str, CadenceChanged] = field(default_factory=dict)

    def copy(self) -> DrillCalendar:
        """Give a calendar that can be changed without changing this one."""
        return DrillCalendar(**{name: dict(value) for name, value in vars(self).items()})

    def put(self, name: str, move: str | None = None, **changed: Any) -> None:
        """Let a drill move on, or be otherwise, or both."""
        drill = self.drills[name]
        state = drill_after(drill.state, move) if move else drill.state
        self.drills[name] = replace(drill, state=state, **changed)

    def ahead(self) -> list[Drill]:
        """Give the drills still to be held, the next first."""
        return sorted((d for d in self.drills.values() if d.ahead), key=lambda d: (d.at, d.id))

    def running(self) -> Drill | None:
        """Give the drill that is being held; there is never more than one."""
        return next((d for d in self.drills.values() if d.state == "running"), None)

    def standing(self) -> list[Standing]:
        """Give what the planner has to know; what made way for another cycle is as if it had never been planned."""
        return [d.standing for d in self.drills.values() if (d.state, d.reason) != ("cancelled", NEW_CADENCE)]

    def taken(self, besides: str = "") -> set[date]:
        """Give the days on which there is a drill, in the zone in which it was planned."""
        return {d.at.date() for d in self.drills.values() if d.standing.counts and d.id != besides}

    def kinds(self, library: DrillLibrary) -> dict[str, DrillKind]:
        """Give the kinds as this facility holds them."""
        return {name: self._as_held(kind) for name, kind in library.kinds.items()}

    def kind_of(self, drill: Drill, library: DrillLibrary) -> DrillKind | None:
        """Give a drill's kind as this facility holds it; None if nobody knows it any more."""
        kind = library.kinds.get(drill.kind)
        return None if kind is None else self._as_held(kind)

    def _as_held(self, kind: DrillKind) -> DrillKind:
        said = self.cadences.get(kind.id)
        return kind if said is None else held_as(kind, said.every_months, said.weekdays, said.announced)


def held_as(
    kind: DrillKind, every_months: int | None, weekdays: tuple[str, ...] | None, announced: bool | None
) -> DrillKind:
    """Give a kind that is held otherwise: what is None stays as it is, ``every_months`` 0 means never."""
    changed: dict[str, Any] = {"every_months": every_months, "weekdays": weekdays, "announced": announced}
    changed = {name: value for name, value in changed.items() if value is not None}
    if every_months == 0:
        changed |= {"every_months": None, "before_long_holidays": False, "within_days_of_joining": None}
    return kind.model_copy(update=changed)


def _over(before: CadenceChanged | None, change: CadenceChanged) -> CadenceChanged:
    if before is None:
        return change
    return replace(before, **{name: value for name, value in vars(change).items() if value is not None})


# ── what changes it ─────────────────────────────────────────────────────────────────────────────────────────────────


@evolves
def _joined(calendar: DrillCalendar, event: MemberEnrolled, stamp: Stamp) -> None:
    calendar.joined.setdefault(event.member, stamp.recorded_at)


@evolves
def _year_planned(calendar: DrillCalendar, event: YearPlanned, stamp: Stamp) -> None:
    calendar.years[event.year] = YearDone(event.basis, stamp.recorded_at, event.unplaced)


@evolves
def _cadence_changed(calendar: DrillCalendar, event: CadenceChanged, _: Stamp) -> None:
    calendar.cadences[event.kind] = _over(calendar.cadences.get(event.kind), event)


@evolves
def _planned(calendar: DrillCalendar, event: DrillPlanned, stamp: Stamp) -> None:
    at = datetime.fromisoformat(event.at)
    calendar.drills[event.drill] = Drill(
        event.drill,
        event.kind,
        at,
        date.fromisoformat(event.until),
        why(event.why, at),
        stamp.recorded_at,
        stamp.turn,
        scenario=event.scenario,
        member=event.member,
        after=event.after,
        by_hand=event.by_hand,
    )


@evolves
def _moved(calendar: DrillCalendar, event: DrillMoved, stamp: Stamp) -> None:
    drill, at = calendar.drills[event.drill], datetime.fromisoformat(event.at)
    calendar.put(
        drill.id,
        "interrupt" if drill.state == "running" else "postpone",
        at=at,
        why=why(event.why, at),
        since=stamp.recorded_at,
        turn=stamp.turn,
        moves=drill.moves + 1,
        reminded=frozenset(),
        told=False,
        run="",
        reason=event.reason or event.cause,
    )


@evolves
def _announced(calendar: DrillCalendar, event: DrillAnnounced, _: Stamp) -> None:
    calendar.put(event.drill, "announce", told=True)


@evolves
def _reminded(calendar: DrillCalendar, event: DrillReminded, _: Stamp) -> None:
    calendar.put(event.drill, reminded=calendar.drills[event.drill].reminded | {event.before})


@evolves
def _scenario_chosen(calendar: DrillCalendar, event: DrillScenarioChosen, _: Stamp) -> None:
    calendar.put(event.drill, scenario=event.scenario)


@evolves
def _vendor_invited(calendar: DrillCalendar, event: VendorInvited, _: Stamp) -> None:
    calendar.put(event.drill, vendors=(*calendar.drills[event.drill].vendors, event.contact))


@evolves
def _vendor_uninvited(calendar: DrillCalendar, event: VendorUninvited, _: Stamp) -> None:
    left = (contact for contact in calendar.drills[event.drill].vendors if contact != event.contact)
    calendar.put(event.drill, vendors=tuple(left))


@evolves
def _started(calendar: DrillCalendar, event: DrillStarted, stamp: Stamp) -> None:
    starts = calendar.drills[event.drill].starts + 1
    calendar.put(event.drill, "start", run=event.run, started=stamp.recorded_at, starts=starts)


@evolves
def _missed(calendar: DrillCalendar, event: DrillMissed, _: Stamp) -> None:
    calendar.put(event.drill, "miss", reason=event.why)


@evolves
def _debriefed(calendar: DrillCalendar, event: DrillDebriefed, _: Stamp) -> None:
    calendar.put(event.drill, "debrief")


@evolves
def _signed_off(calendar: DrillCalendar, event: DrillSignedOff, _: Stamp) -> None:
    calendar.put(event.drill, "sign_off")


@evolves
def _cancelled(calendar: DrillCalendar, event: DrillCancelled, _: Stamp) -> None:
    calendar.put(event.drill, "cancel", reason=event.reason)
