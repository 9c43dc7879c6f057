"""A track as a drawing: every step, every answer that leads elsewhere, within its bounds, one below the other."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from playbooks.kinds import worded
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.pages.drawing import BOX, WIDTH, begins, drawing
from playbooks.texts import LANGUAGES, Language
from tests.library import shipped_catalogue

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_every_track_is_drawn_whole(kind: FacilityKind, language: Language) -> None:
    """All words of the steps of this kind of facility; boxes don't overlap, and all lies within the drawing."""
    for written in shipped_catalogue().playbooks.values():
        book = worded(written, kind)
        for track in book.tracks.values():
            drawn = ET.fromstring(drawing(book, track, kind, language))  # noqa: S314  (our own)
            words = "".join("".join(drawn.itertext()).split())
            steps = [step for step in track.steps.values() if kind in step.facilities]
            for one in (one for step in steps for one in (step, *step.lines.values())):
                assert "".join(one.ask.in_language(language).split()) in words
            boxes = [(float(one.get("y", 0)), float(one.get("height", 0))) for one in drawn.iter(f"{SVG}rect")]
            assert len(boxes) == len(steps) + 1
            assert all(y + height < below for (y, height), (below, _) in pairwise(boxes))
            *_, width, height = map(float, drawn.get("viewBox", "").split())
            assert (width, sum(boxes[-1]) < height) == (WIDTH, True)
            assert all(len(line.text or "") <= BOX / 8 for line in drawn.iter(f"{SVG}tspan"))


def test_an_answer_that_goes_back_has_its_arrow() -> None:
    """Of the step that asks whether it is over, an answer leads back: its words say to which step, and an arrow goes there."""
    book = worded(shipped_catalogue().playbooks["ransomware"], "clinic")
    drawn = ET.fromstring(drawing(book, next(iter(book.tracks.values())), "clinic", "ja"))  # noqa: S314  (our own)
    words = ["".join(text.itertext()) for text in drawn.iter(f"{SVG}text")]
    paths = [path.get("d", "") for path in drawn.iter(f"{SVG}path")]

    assert [number for number, text in enumerate(words, 1) if "[まだ広がっている] → 3" in text] == [5]
    assert len([path for path in paths if "H" in path]) == 1


def test_when_a_track_begins() -> None:
    """At once, or by an answer in others, by their titles."""
    book = shipped_catalogue().playbooks["ransomware"]
    said = {begins(book, name).ja for name in book.tracks}

    assert "すぐ" in said
    assert any("」の答えから" in text for text in said)
