"""The picture of a kind's drills: one look tells whether it gets better."""

from __future__ import annotations

import struct

import pytest

from bot.documents.records.drill_trend import MOST, drill_trend
from flows.response.measuring import series
from tests.bot.documents.sources import PlayedYear, source_of


def test_a_picture_for_a_phone(played_year: PlayedYear) -> None:
    """A PNG 1,080 dots wide, the same bytes for the same drills, others for others and in another language."""
    source = source_of(played_year.clinic, played_year.last)
    runs = series(source.run, source.runs.values())
    picture = drill_trend(runs, source.words)

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", picture[16:20]) == (1080,)
    assert picture == drill_trend(runs, source.words)
    assert (
        len(
            {
                picture,
                drill_trend(runs[:1], source.words),
                drill_trend(runs, source_of(played_year.clinic, played_year.last, "en").words),
            }
        )
        == 3
    )


def test_the_last_drills_are_shown(played_year: PlayedYear) -> None:
    """More than a phone has room for are left out from the front."""
    source = source_of(played_year.clinic, played_year.quiz)
    run = source.run

    assert drill_trend([played_year.clinic.run(played_year.first), *[run] * MOST], source.words) == drill_trend(
        [run] * MOST, source.words
    )


def test_without_a_drill_there_is_nothing_to_draw(played_year: PlayedYear) -> None:
    """Incidents are no drills."""
    source = source_of(played_year.clinic, "incident-1")
    with pytest.raises(ValueError, match="no drill"):
        drill_trend([source.run], source.words)
