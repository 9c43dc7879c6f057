"""The facility's calendar as rows: one for each weekday, one for each single day off; and back again."""

from __future__ import annotations

from datetime import date

from contacts.registry import FACILITY_KEY, Held
from contacts.shapes.facility import OCCASIONS, Facility, Occasion
from contacts.shapes.hours import WEEKDAYS, Hours, Session, Weekday
from playbooks.texts import Data


class WeekdayHours(Data):
    """The sessions of a weekday, and the times that drills may use."""

    id: str
    sessions: tuple[Session, ...] = ()
    meeting: tuple[Session, ...] = ()
    before_opening: tuple[Session, ...] = ()
    midday: tuple[Session, ...] = ()


class DayOff(Data):
    """A single day on which the facility is closed, or open for the sessions given."""

    id: str
    day: date
    sessions: tuple[Session, ...] = ()


def unfold(held: Held) -> dict[str, dict[str, Data]]:
    """Give all that is held, the facility's calendar as rows of the kinds ``weekday`` and ``day_off``."""
    unfolded = {kind: dict(rows) for kind, rows in held.items()}
    facility = unfolded.get("facility", {}).get(FACILITY_KEY)
    unfolded["weekday"], unfolded["day_off"] = {}, {}
    if isinstance(facility, Facility):
        unfolded["weekday"] = {day: _weekday(facility, day) for day in WEEKDAYS}
        days = dict.fromkeys(facility.closed, ()) | facility.half_days
        unfolded["day_off"] = {
            day.isoformat(): DayOff(id=day.isoformat(), day=day, sessions=days[day]) for day in sorted(days)
        }
    return unfolded


def _weekday(facility: Facility, day: Weekday) -> WeekdayHours:
    marked = {what: facility.marked.get(what, {}).get(day, ()) for what in OCCASIONS}
    return WeekdayHours.model_validate({"id": day, "sessions": facility.sessions.get(day, ()), **marked})


def fold(unfolded: Held) -> dict[str, dict[str, Data]]:
    """Put the calendar back into the facility; it stays as it is where its rows say the same."""
    folded = {kind: dict(rows) for kind, rows in unfolded.items() if kind not in {"weekday", "day_off"}}
    facility = folded.get("facility", {}).get(FACILITY_KEY)
    if not isinstance(facility, Facility):
        return folded
    before = unfold(folded)
    changes: dict[str, object] = {}
    if unfolded["weekday"] != before["weekday"]:
        days = {key: row for key, row in unfolded["weekday"].items() if isinstance(row, WeekdayHours)}
        changes["sessions"] = {day: days[day].sessions for day in WEEKDAYS if day in days and days[day].sessions}
        changes["marked"] = {what: hours for what in OCCASIONS if (hours := _marked(days, what))}
    if unfolded["day_off"] != before["day_off"]:
        off = [row for row in unfolded["day_off"].values() if isinstance(row, DayOff)]
        changes["closed"] = tuple(sorted(row.day for row in off if not row.sessions))
        changes["half_days"] = {row.day: row.sessions for row in sorted(off, key=lambda r: r.day) if row.sessions}
    folded["facility"] = {FACILITY_KEY: facility.model_copy(update=changes)}
    return folded


def _marked(days: dict[str, WeekdayHours], what: Occasion) -> Hours:
    return {day: hours for day in WEEKDAYS if day in days and (hours := getattr(days[day], what))}
