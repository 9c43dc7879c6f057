"""A fiscal year: from 1 April to 31 March by the facility's clock; drills are never incidents."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.documents.facts.fiscal_year import FiscalYear, begun_at
from flows.commands.drilling import BeginExercise
from flows.commands.people import CallOff
from tests.bot.documents import drills_played
from tests.bot.documents.sources import PlayedYear, source_of, source_of_year
from tests.clinic import Clinic


async def test_the_year_turns_at_midnight_here(clinic: Clinic) -> None:
    """A minute before 1 April in Japan belongs to the old year, midnight to the new, whatever UTC says."""
    source = source_of_year(clinic)
    before, after = datetime(2027, 3, 31, 14, 59, tzinfo=UTC), datetime(2027, 3, 31, 15, 0, tzinfo=UTC)

    assert [FiscalYear(source).holds(moment) for moment in (before, after, None)] == [False, True, False]
    assert [FiscalYear(source_of_year(clinic, 2026)).holds(moment) for moment in (before, after)] == [True, False]


async def test_a_drill_belongs_to_the_year_in_which_it_began(clinic: Clinic) -> None:
    """One that goes on past midnight of 31 March counts once."""
    clinic.clock.set(datetime(2028, 3, 31, 14, 50, tzinfo=UTC))
    clinic.orders(BeginExercise("", "quiz"))
    drills_played.passes(clinic, 20)
    clinic.orders(CallOff(clinic.run().id, "夜中", "vendor"))

    assert [begun_at(run) for run in FiscalYear(source_of_year(clinic, 2027)).drills] == [clinic.run().reported_at]
    assert FiscalYear(source_of_year(clinic, 2027)).held == []
    assert FiscalYear(source_of_year(clinic, 2028)).drills == []


def test_drills_are_no_incidents(played_year: PlayedYear) -> None:
    """Six drills began, five were held, one thing was reported for real."""
    year = FiscalYear(source_of_year(played_year.clinic))

    assert (len(year.drills), len(year.held)) == (6, 5)
    assert [run.id for run in year.incidents] == ["incident-1"]


def test_what_was_not_held_as_planned(played_year: PlayedYear) -> None:
    """A postponed drill keeps the reason in a person's words and both dates; missed ones say why."""
    changes = list(FiscalYear(source_of_year(played_year.clinic)).changes())
    moved = next(change for change in changes if change.became == "moved")

    assert (moved.kind, moved.cause, moved.reason) == ("contact", "person", "発熱の患者さんが多い")
    assert moved.to is not None
    assert moved.to > moved.planned
    assert {change.cause for change in changes if change.became == "missed"} <= {"bot_off", "not_started"}


def test_only_a_year_has_a_year(played_year: PlayedYear) -> None:
    """A run's source is refused."""
    with pytest.raises(LookupError):
        FiscalYear(source_of(played_year.clinic, played_year.quiz))
