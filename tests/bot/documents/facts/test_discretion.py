"""Discretion: nobody's quiz answers and no nameless voice can be told from what goes along with a drill's documents."""

from __future__ import annotations

import json

from bot.documents.facts.discretion import discreet
from bot.documents.kinds import log
from flows.record.withholding import Withheld
from tests.bot.documents.sources import PlayedYear, source_of


def test_answers_to_the_quiz_stay_inside(played_year: PlayedYear) -> None:
    """Each is there and provable, but which answer it was is withheld."""
    source = source_of(played_year.clinic, played_year.quiz)
    parts = list(discreet(source.entries))
    held = [part for part in parts if isinstance(part, Withheld)]

    assert len(held) == 12
    assert {part.entry.kind for part in held} == {"question_answered"}
    assert all(part.entry.body == "" and not part.shown for part in held)
    assert '"option"' not in log(source)


def test_who_spoke_without_a_name_stands_nowhere(played_year: PlayedYear) -> None:
    """The voices are there, released at once; no entry tells who was asked for one or gave it."""
    source = source_of(played_year.clinic, played_year.first)
    told = [e for e in source.entries if e.kind in ("asked", "asking_dropped", "feedback_given")]
    nurse, deputy = played_year.clinic.id("nurse"), played_year.clinic.id("deputy")

    assert "番号の紙が見つからなかった" in log(source)
    assert {e.actor for e in told if "feedback" in e.kind + e.body} == {deputy}
    assert not [e for e in told if e.actor == nurse and "feedback" in e.kind + e.body]


def test_an_incident_goes_along_whole(played_year: PlayedYear) -> None:
    """Nothing of a real run is withheld."""
    source = source_of(played_year.clinic, "incident-1")

    assert [json.loads(line)["seq"] for line in log(source).splitlines()] == [e.seq for e in source.entries]
