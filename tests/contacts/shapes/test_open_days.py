"""Whether people are there on a day: sessions decide, single days go first."""

from __future__ import annotations

from datetime import date, time

from contacts.shapes.facility import Facility
from contacts.shapes.hours import Session
from contacts.shapes.open_days import open_on

_MORNING = Session(start=time(9), until=time(12))


def test_open_days() -> None:
    """Sessions decide; without any, a weekday that is no holiday; a single day off or with half a day goes first."""
    plain = Facility(name="x", kind="clinic")
    own = plain.model_copy(update={"sessions": {"sat": (_MORNING,)}, "closed": (date(2027, 5, 8),)})

    assert [open_on(plain, date(2027, 5, d)) for d in (3, 6, 8)] == [False, True, False]
    assert [open_on(own, date(2027, 5, d)) for d in (1, 6, 8)] == [True, False, False]


def test_some_saturdays_only() -> None:
    """Open on the second and fourth alone; a half day of its own goes first."""
    some = Facility(name="x", kind="clinic", sessions={"sat": (_MORNING.model_copy(update={"weeks": (2, 4)}),)})
    half = some.model_copy(update={"half_days": {date(2027, 5, 1): (_MORNING,)}})

    assert [d for d in (1, 8, 15, 22, 29) if open_on(some, date(2027, 5, d))] == [8, 22]
    assert open_on(half, date(2027, 5, 1))
