"""Whether people are there on a day."""

from __future__ import annotations

from datetime import date

from contacts.shapes.facility import Facility
from contacts.shapes.hours import sessions_on


def open_on(facility: Facility, day: date) -> bool:
    """Say whether people are there on ``day``; with no sessions known, on weekdays that are no holidays."""
    if facility.rests_on(day):
        return False
    if facility.half_days.get(day):
        return True
    return bool(sessions_on(facility.sessions, day)) if facility.sessions else day.weekday() < 5
