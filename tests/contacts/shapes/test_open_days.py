"""Whether people are there on a day: sessions decide, single days go first."""

from __future__ import annotations

from datetime import date

from contacts.shapes.facility import Facility
from contacts.shapes.open_days import open_on


def test_open_days() -> None:
    """Sessions decide; without any, a weekday that is no holiday; a single day off or with half a day goes first."""
    plain = Facility(name="x", kind="clinic")
    own = plain.model_copy(update={"sessions": {"sat": ()}, "closed": (date(2027, 5, 8),)})

    assert [open_on(plain, date(2027, 5, d)) for d in (3, 6, 8)] == [False, True, False]
    assert [open_on(own, date(2027, 5, d)) for d in (1, 6, 8)] == [True, False, False]
