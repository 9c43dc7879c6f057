"""Improvements in documents: in the words of whoever opened them, with how far they are."""

from __future__ import annotations

from bot.documents.facts import improvements
from tests.bot.documents.sources import PlayedYear, source_of


def test_from_open_to_verified(played_year: PlayedYear) -> None:
    """What a later drill saw hold stands as verified, with what its owner said; the other is still open."""
    source = source_of(played_year.clinic, played_year.last)
    tasks = improvements.of_runs(source, [played_year.first])
    rows = list(improvements.rows(source, tasks))

    assert [(row[1], str(row[4]), row[5]) for row in rows] == [
        ("紙の受付票を棚に置く", "確認済み", "置きました"),
        ("電話番号の紙を新しくする", "進行中", ""),
    ]
    assert improvements.verified_in(source, played_year.last) == {tasks[0].id: True}
    assert improvements.verified_in(source, played_year.first) == {}
    assert improvements.of_runs(source, [played_year.quiz]) == []


def test_nothing_later_shows(played_year: PlayedYear) -> None:
    """Before it was verified, it was only done."""
    clinic = played_year.clinic
    verified = clinic.entries("task_verified")[0].seq
    source = source_of(clinic, played_year.last, until=verified - 1)

    assert improvements.of_runs(source, [played_year.first])[0].state == "done"
    assert improvements.verified_in(source, played_year.last) == {}
