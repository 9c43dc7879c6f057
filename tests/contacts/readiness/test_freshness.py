"""What time makes stale."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from contacts.readiness.freshness import reminders
from contacts.shapes.contracts import Contract
from contacts.shapes.people import Member
from tests.contacts.book import CONTRACT, DEPUTY, DIRECTOR, KARTE, RECEPTION, ROUTER, VENDOR, roster

PLAIN_DAY = date(2026, 11, 23)
"""Far from any long holiday."""


def due(*rows: Any, on: date = PLAIN_DAY) -> list[tuple[str, str, date | None]]:
    """Give what is due on a day to a clinic with these rows and its people: what, which row, since when."""
    return [(r.what, r.key, r.since) for r in reminders(roster(DIRECTOR, DEPUTY, *rows), on)]


def test_a_fresh_registry_is_left_alone() -> None:
    """Nobody is asked for anything."""
    assert due(VENDOR, KARTE, CONTRACT, ROUTER) == []


@pytest.mark.parametrize(
    ("row", "changes", "what", "since"),
    [
        (VENDOR, {"verified_on": date(2026, 5, 23)}, "contact_unverified", date(2026, 11, 23)),
        (VENDOR, {"verified_on": None}, "contact_unverified", None),
        (VENDOR, {"asked_on": date(2025, 11, 23)}, "vendor_questionnaire", date(2026, 11, 23)),
        (VENDOR, {"asked_on": None}, "vendor_questionnaire", None),
        (ROUTER, {"checked_on": date(2026, 5, 20)}, "equipment_unchecked", date(2026, 11, 20)),
        (ROUTER, {"works": False}, "equipment_broken", date(2026, 9, 1)),
        (KARTE, {"restore_tested_on": date(2025, 1, 31)}, "restore_test", date(2026, 1, 31)),
        (KARTE, {"restore_tested_on": None}, "restore_test", None),
    ],
)
def test_what_grows_old(row: Any, changes: dict[str, Any], what: str, since: date | None) -> None:
    """From the very day on which it does, with that day; a day earlier there is nothing."""
    assert due(row.model_copy(update=changes)) == [(what, row.id, since)]
    if since is not None and what != "equipment_broken":
        assert due(row.model_copy(update=changes), on=since - timedelta(days=1)) == []


def test_a_contact_without_a_number_has_nothing_to_check() -> None:
    """Readiness asks for the number; freshness does not nag for it."""
    assert due(VENDOR.model_copy(update={"number": None, "verified_on": None})) == []


@pytest.mark.parametrize(
    ("begins", "name"), [((2027, 4, 29), "golden_week"), ((2027, 8, 13), "obon"), ((2026, 12, 29), "year_end")]
)
def test_two_weeks_before_long_holidays(begins: tuple[int, int, int], name: str) -> None:
    """Contacts and who is on call are gone through, until the holiday begins."""
    day = date(*begins)

    assert due(on=day - timedelta(days=15)) == due(on=day + timedelta(days=1)) == []
    assert due(on=day - timedelta(days=14)) == due(on=day) == [("long_holiday", name, day - timedelta(days=14))]


NOTICE = date(2027, 3, 1)
"""The last day for giving notice: CONTRACT ends on 31 March, 30 days before."""


@pytest.mark.parametrize(
    ("before", "what"),
    [
        (91, None),
        (90, "contract_renewal_90"),
        (61, "contract_renewal_90"),
        (60, "contract_renewal_60"),
        (30, "contract_renewal_30"),
        (0, "contract_renewal_30"),
        (-1, "contract_notice_passed"),
        (-30, "contract_notice_passed"),
    ],
)
def test_before_a_contract_renews_itself(before: int, what: str | None) -> None:
    """90, 60 and 30 days before the notice period ends, auto-renewal or not; then that it is too late for notice."""
    on = NOTICE - timedelta(days=before)
    for renewal in (True, False):
        found = reminders(roster(DIRECTOR, DEPUTY, CONTRACT.model_copy(update={"auto_renewal": renewal})), on)
        found = tuple(r for r in found if r.kind == "contract")
        assert [r.what for r in found] == ([what] if what else [])
        if what:
            assert ("自動更新" in found[0].text.ja) is renewal
            assert found[0].by == (NOTICE if before >= 0 else date(2027, 3, 31))


def test_a_renewal_that_somebody_has_gone_through() -> None:
    """Is settled for that term, and comes up again for the next."""
    checked = CONTRACT.model_copy(update={"checked_for": date(2027, 3, 31)})

    assert due(checked, on=NOTICE) == []
    assert [what for what, *_ in due(checked, on=date(2028, 2, 1))] == ["contract_renewal_30"]


def test_the_end_of_a_contract_asks_for_the_data() -> None:
    """From the day after until its return or deletion is confirmed."""
    ended = CONTRACT.model_copy(update={"auto_renewal": False, "end": date(2026, 10, 31)})

    assert due(ended) == [("contract_ended", "k1", date(2026, 11, 1))]
    assert due(ended.model_copy(update={"data_returned_on": date(2026, 11, 2)})) == []


def test_a_contract_without_an_end_says_nothing() -> None:
    """Readiness asks for its dates."""
    assert due(Contract(id="k", name="x")) == []


def test_a_deputy_is_asked_for_until_there_is_one() -> None:
    """For the director and for the safety manager."""
    found = reminders(roster(DIRECTOR, RECEPTION), PLAIN_DAY)

    assert [(r.what, r.key, r.whom) for r in found] == [
        ("deputy_missing", "director", "director"),
        ("deputy_missing", "safety_manager", "director"),
    ]


@pytest.mark.parametrize(
    ("absent_from", "told"), [((2026, 11, 20), True), ((2026, 12, 1), True), ((2026, 12, 8), False)]
)
def test_an_absent_director_whose_deputy_is_away_too(absent_from: tuple[int, int, int], told: bool) -> None:
    """Is told now, and up to two weeks ahead."""
    away = {"absent_from": date(*absent_from), "absent_until": date(2026, 12, 31)}
    people = [m.model_copy(update=away) for m in (DIRECTOR, DEPUTY)]

    assert bool([r for r in reminders(roster(*people), PLAIN_DAY) if r.what == "director_absent"]) is told
    assert reminders(roster(people[0], DEPUTY), PLAIN_DAY) == ()


def test_the_longest_due_comes_first() -> None:
    """And what was never done comes last; each can be told from the others, and from its own next time."""
    found = reminders(
        roster(
            DIRECTOR,
            DEPUTY,
            KARTE.model_copy(update={"restore_tested_on": date(2025, 1, 1)}),
            ROUTER.model_copy(update={"checked_on": date(2026, 5, 1)}),
            VENDOR.model_copy(update={"asked_on": None}),
        ),
        PLAIN_DAY,
    )

    assert [r.what for r in found] == ["restore_test", "equipment_unchecked", "vendor_questionnaire"]
    assert found[0].id == "restore_test:system:karte:2026-01-01"
    assert len({r.id for r in found}) == 3
    assert all(r.whom == "safety_manager" and r.text.en for r in found)


def test_nobody_at_all() -> None:
    """An empty roster asks for deputies and for nothing else."""
    assert {r.what for r in reminders(roster(), PLAIN_DAY)} == {"deputy_missing"}
    assert Member(id="x", name="x").status == "active"
