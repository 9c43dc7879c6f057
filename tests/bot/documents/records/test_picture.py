"""The timeline as a picture."""

from __future__ import annotations

from datetime import timedelta

from bot.documents.records.picture import spans_of_tracks, ticks, timeline_picture
from bot.documents.source import Source
from tests.bot.documents.sources import source_of
from tests.clinic import MORNING, Clinic


def test_equal_sources_give_equal_pictures(whole: Source) -> None:
    """A PNG, the same bytes each time; a whole incident weighs no more than five seconds of a line of 64 kbit/s."""
    made = timeline_picture(whole)

    assert len(made) < 5 * 64_000 / 8
    assert made.startswith(b"\x89PNG")
    assert made == timeline_picture(whole)


def test_tracks_have_their_time(whole: Source) -> None:
    """Each track spans from its start to its last answer."""
    end = whole.run.ended_at
    assert end is not None
    spans = spans_of_tracks(whole, end)

    assert set(spans) == set(whole.run.tracks)
    assert all(since <= until <= end for since, until in spans.values())
    assert spans["containment"][0] == whole.run.declared_at


async def test_a_run_before_its_playbook(clinic: Clinic) -> None:
    """A report that nobody has sorted yet has its picture, too."""
    await clinic.says("reception", "何か変です、画面がおかしい")
    await clinic.says("reception", "はい、いま")

    assert timeline_picture(source_of(clinic, clinic.run().id)).startswith(b"\x89PNG")


def test_a_run_of_any_length_has_its_times() -> None:
    """From a minute to a year, in steps of a twentieth, between three and eleven times are written."""
    minutes = 1.0
    while minutes < 366 * 24 * 60:
        assert 3 <= len(ticks().tick_values(MORNING, MORNING + timedelta(minutes=minutes))) <= 13, minutes
        minutes *= 1.05
