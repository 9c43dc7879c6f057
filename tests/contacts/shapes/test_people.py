"""Members, beyond what tests/contacts/test_model.py says of them."""

from __future__ import annotations

from datetime import date

from contacts.roles import DEPUTISED, ROLES
from contacts.shapes.people import Member


def test_an_absence_without_an_end_goes_on() -> None:
    """From its first day until somebody says otherwise."""
    away = Member(id="m1", name="高橋", absent_from=date(2026, 11, 1))

    assert [away.absent_on(date(year, 11, 1)) for year in (2025, 2026, 2030)] == [False, True, True]


def test_the_roles_that_need_a_deputy_are_roles() -> None:
    """Those who decide and who answer for safety."""
    assert set(DEPUTISED) == {"director", "safety_manager"} <= set(ROLES)


def test_an_old_row_still_reads() -> None:
    """What the first version has written is a member for ever."""
    row = '{"id":"m1","name":"高橋","roles":["director"],"stands_in_for":[],"rank":0,"language":"ja","status":"active","channels":[],"on_call":false,"absent_from":null,"absent_until":null}'

    assert Member.model_validate_json(row) == Member(id="m1", name="高橋", roles=("director",))
