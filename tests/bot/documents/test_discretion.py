"""Discretion: nobody's quiz answers and no nameless voice can be told from what goes along with a drill's documents."""

from __future__ import annotations

import json

from bot.documents.discretion import asked_for_a_voice, discreet
from bot.documents.kinds import log
from flows.lines import part_of
from flows.withholding import LeftOut, Withheld
from tests.bot.documents.conftest import PlayedYear, source_of


def test_answers_to_the_quiz_stay_inside(played_year: PlayedYear) -> None:
    """Each is there and provable, but which answer it was is withheld."""
    source = source_of(played_year.clinic, played_year.quiz)
    parts = list(discreet(source.entries))
    held = [part for part in parts if isinstance(part, Withheld)]

    assert len(held) == 12
    assert {part.entry.kind for part in held} == {"question_answered"}
    assert all(part.entry.body == "" and not part.shown for part in held)
    assert '"option"' not in log(source)


def test_who_spoke_without_a_name_is_left_out(played_year: PlayedYear) -> None:
    """Whom the bot asked for their view and who gave it stands as digests alone; the voices themselves are there."""
    source = source_of(played_year.clinic, played_year.first)
    hidden = asked_for_a_voice(source.entries)
    parts = [part_of(line) for line in log(source).splitlines()]
    left_out = {part.seq + n for part in parts if isinstance(part, LeftOut) for n in range(len(part.digests))}

    assert len(hidden) == 6
    assert left_out == hidden
    assert "番号の紙が見つからなかった" in log(source)


def test_an_incident_goes_along_whole(played_year: PlayedYear) -> None:
    """Nothing of a real run is withheld."""
    source = source_of(played_year.clinic, "incident-1")

    assert [json.loads(line)["seq"] for line in log(source).splitlines()] == [e.seq for e in source.entries]
