"""What is known of the backups, and what of it people are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from contacts.shapes.facility import Facility
from flows.events.event import Event
from flows.events.upkeep import BackupFailed, BackupMade, BackupTried, RecoveryKeyShown, Restored
from flows.state.backups import Backups, wanting
from flows.state.stamp import Stamp, evolve

START = datetime(2027, 4, 1, tzinfo=UTC)
CLINIC = Facility(name="あかり診療所", kind="clinic")
MADE, SHOWN, TRIED = BackupMade("b", 9, 5), RecoveryKeyShown("k"), BackupTried("b")


def after(*events: tuple[float, Event]) -> Backups:
    """Replay events, each so many days after the start."""
    backups = Backups()
    for turn, (days, event) in enumerate(events, start=1):
        at = START + timedelta(days=days)
        evolve(backups, event, Stamp(turn, at, at, "clock"))
    return backups


def says(backups: Backups, days: float) -> tuple[str, date | None] | None:
    """Say what is wanting so many days after the start, and since when."""
    found = wanting(backups, CLINIC, START + timedelta(days=days))
    return (found.key, found.since) if found else None


def test_never() -> None:
    """Where none was ever made, that is told."""
    assert says(Backups(), 3) == ("never", None)


def test_a_fresh_one_that_was_tried() -> None:
    """Nothing is wanting, for a fortnight after each."""
    backups = after((0, MADE), (0, SHOWN), (0, TRIED))

    assert says(backups, 13.9) is None
    assert says(backups, 14) == ("old", date(2027, 4, 15))
    assert says(after((0, MADE), (0, SHOWN), (0, TRIED), (13, MADE)), 26) is None


@pytest.mark.parametrize(
    ("events", "days", "what"),
    [
        ([(0, MADE), (0, TRIED)], 0, "no_key"),
        ([(0, MADE), (0, SHOWN)], 1, None),
        ([(0, SHOWN), (0, MADE), (60, MADE)], 62, "untried"),
        ([(0, SHOWN), (0, TRIED), (61, MADE)], 62, "untried"),
        ([(0, SHOWN), (0, MADE), (0, BackupTried("b", "damaged"))], 1, "wrong"),
        ([(0, SHOWN), (0, MADE), (0, BackupTried("b", "damaged")), (1, TRIED)], 2, None),
        ([(0, SHOWN), (0, MADE), (1, BackupFailed("full"))], 2, "failing"),
        ([(0, SHOWN), (0, MADE), (1, BackupFailed("full")), (2, MADE)], 3, None),
        ([(0, BackupFailed("missing"))], 1, "failing"),
    ],
)
def test_the_worst_first(events: list[tuple[float, Event]], days: float, what: str | None) -> None:
    """One thing at a time: that there can be none, that it can't be restored, that it is old, and then the rest."""
    found = says(after(*events), days)

    assert (found and found[0]) == what


def test_what_goes_on_is_told_weekly() -> None:
    """The same trouble is another matter after a week, and the same one within it."""
    backups = after((0, SHOWN), (0, MADE), (0, TRIED), (1, BackupFailed("full")))

    assert [says(backups, days) for days in (1, 7.9, 8, 15)] == [
        ("failing", date(2027, 4, 2)),
        ("failing", date(2027, 4, 2)),
        ("failing", date(2027, 4, 9)),
        ("failing", date(2027, 4, 16)),
    ]


def test_another_reason_is_the_same_trouble() -> None:
    """It has lasted since the first of them."""
    backups = after((0, MADE), (1, BackupFailed("full")), (3, BackupFailed("missing")))

    assert (backups.failing, backups.failing_since) == ("missing", START + timedelta(days=1))


def test_altered_evidence_is_no_good_backup() -> None:
    """The last good one is the one before."""
    backups = after((0, MADE), (1, BackupMade("c", 9, 7, altered=1)))

    assert (backups.name, backups.failing) == ("b", "evidence")


def test_a_restored_home_has_a_backup() -> None:
    """It came out of one whose key is at hand; into whatever folder the next goes, it is the first there."""
    made_at = (START - timedelta(days=2)).isoformat()
    backups = after((0, Restored(made_at, 40, "ab")))

    assert (backups.made_at, backups.newest_head, backups.name) == (START - timedelta(days=2), 40, "")
    assert backups.restored_at == START
    assert says(backups, 1) is None
