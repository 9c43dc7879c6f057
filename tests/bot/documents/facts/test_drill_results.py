"""What a drill came to: who was there, faults that were counted, the quiz by question and never by person."""

from __future__ import annotations

import pytest

from bot.documents.facts.drill_results import attendance, faults, quiz_by_question, quiz_rate, ratings
from flows.commands.drilling import AnswerQuestion, BeginExercise, Excuse
from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.bot.documents.sources import PlayedYear
from tests.clinic import Clinic


async def test_who_was_there(clinic: Clinic) -> None:
    """Whoever began it took part; an excused, a silent and an absent person are each called what they are."""
    today = clinic.engine.context(clinic.clock.now(), "clock").today
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"absent_from": str(today)}), "deputy")
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    clinic.orders(Excuse(clinic.run().id), "nurse")
    there = attendance(clinic.run(), clinic.engine.roster())

    assert there.took_part == (clinic.id("director"),)
    assert there.excused == (clinic.id("nurse"),)
    assert there.silent == (clinic.id("reception"),)
    assert there.away == (clinic.id("deputy"),)
    assert attendance(clinic.run(), clinic.engine.roster(), frozenset({clinic.id("deputy")})).away == ()


async def test_too_few_answers_are_nobodys_score(clinic: Clinic) -> None:
    """A question that two people answered has no figure; with the third it has one."""
    clinic.orders(BeginExercise("", "quiz"))
    question = clinic.run().exercise.questions[0]  # type: ignore[union-attr]
    for who in ("nurse", "deputy"):
        clinic.orders(AnswerQuestion(clinic.run().id, 0, str(question.right)), who)
    assert quiz_by_question(clinic.run())[0].right is None
    assert quiz_rate(clinic.run()) is None

    clinic.orders(AnswerQuestion(clinic.run().id, 0, str(question.right)), "reception")
    assert quiz_by_question(clinic.run())[0].right == 3
    assert quiz_rate(clinic.run()) == pytest.approx(100)


def test_figures_of_the_played_year(played_year: PlayedYear) -> None:
    """Wrong numbers are counted, one in four quiz answers was wrong, and unrated objectives stand as proposed."""
    run = played_year.clinic.run

    assert faults(run(played_year.contact)) == {"wrong_vendor_numbers": 2, "wrong_authority_numbers": 2}
    assert faults(run(played_year.first)) == {}
    assert quiz_rate(run(played_year.quiz)) == pytest.approx(75)
    assert sum(ratings(run(played_year.first)).values()) == 6


async def test_a_drill_of_the_old_kind(clinic: Clinic) -> None:
    """One without an exercise has people, and nothing else to be rated."""
    run = await clinic.drill()

    assert clinic.id("reception") in attendance(run, clinic.engine.roster()).took_part
    assert not ratings(run)
    assert quiz_by_question(run) == ()
