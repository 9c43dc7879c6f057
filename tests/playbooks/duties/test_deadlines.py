"""Cases of what is owed by when, whose answers were written down before anything was computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playbooks.duties.assessment import OwedDuty, Span, assess
from playbooks.duties.facts import facts_from, known_at_from
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties

ROWS = Path(__file__).with_name("deadlines.tsv").read_text("utf-8").splitlines()
CASES = [row.split("\t") for row in ROWS if not row.startswith(("#", "case\t"))]


def _japan() -> Duties:
    read = load_duties("jp")
    assert isinstance(read, Duties)
    return read


JAPAN = _japan()


def found(one: OwedDuty | None, wanted: str) -> str:
    """Say how a duty stands, in as many words as are wanted of it."""
    if one is None:
        return "!" + wanted.lstrip("!?").partition("=")[0]
    due = one.due
    day = f"{due.start}..{due.until}" if isinstance(due, Span) else str(due) if isinstance(due, date) else ""
    return ("" if one.certain else "?") + one.id + (f"={day}" if "=" in wanted else "")


def test_there_are_forty_cases_and_more() -> None:
    """Fewer would leave out a turn of the year or an unknown."""
    assert len({name for name, *_ in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize(("known", "facts", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_is_owed_by_when(known: str, facts: str, expected: str) -> None:
    """Year ends, holidays, leap days, midnights, zones, thresholds and unknowns come out as they were written down."""
    case = assess(JAPAN, facts_from(JAPAN, facts.split(" ")), known_at_from(known))
    owed = {one.id: one for one in case.owed}
    wanted = expected.split()
    assert [found(owed.get(w.lstrip("!?").partition("=")[0]), w) for w in wanted] == wanted
