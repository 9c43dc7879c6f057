"""A matter as a button names it."""

from __future__ import annotations

from datetime import date

from bot.screens.house.due import mark_of, matter, matters
from contacts.roster import Roster
from contacts.shapes.contracts import Contract
from contacts.shapes.facility import Facility

FACILITY = Facility(name="あかり", kind="clinic")
CONTRACT = Contract(id="k", name="保守", end=date(2026, 6, 30), auto_renewal=True, notice_days=30)
ROSTER = Roster(FACILITY, contracts=(CONTRACT,))


def rows(kind: str) -> dict[str, str]:
    """Hold the one contract."""
    return {"k": CONTRACT.model_dump_json()} if kind == "contract" else {}


def test_a_renewal_stays_one_matter() -> None:
    """From 90 days before to its end the same button finds it, and what was seen still holds."""
    found = [
        matter(mark_of("renewal:k"), ROSTER, rows, day)
        for day in (date(2027, 3, 3), date(2027, 5, 1), date(2027, 6, 1))
    ]
    assert [f.reminder.what for f in found if f] == [
        "contract_renewal_90",
        "contract_renewal_30",
        "contract_notice_passed",
    ]
    assert len({f.seen for f in found if f}) == 1


def test_next_years_renewal_was_not_seen() -> None:
    """An old card says nothing about the next term, though the row is the same."""
    now = matter(mark_of("renewal:k"), ROSTER, rows, date(2027, 5, 1))
    later = matter(mark_of("renewal:k"), ROSTER, rows, date(2028, 5, 1))
    assert now is not None
    assert later is not None
    assert now.seen != later.seen


def test_what_is_settled_is_not_found() -> None:
    """Nor is what never was one."""
    assert matter(mark_of("renewal:k"), ROSTER, rows, date(2026, 7, 1)) is None
    assert matter("", ROSTER, rows, date(2027, 5, 1)) is None


def test_marks_differ() -> None:
    """All that is due at once can be told apart."""
    due = matters(ROSTER, rows, date(2027, 5, 1))
    assert len({m.mark for m in due}) == len(due) > 1
