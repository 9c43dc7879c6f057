"""The picture of the architecture is drawn from the imports, and they run one way."""

from __future__ import annotations

import pytest

from tests.architecture.picture import PACKAGES, PICTURE, Structure, drawn, floors, structure


@pytest.fixture(scope="module")
def found() -> Structure:
    """What imports what, read once."""
    return structure()


def test_the_picture_is_up_to_date(found: Structure) -> None:
    """docs/architecture.svg shows the rooms and arrows there are; ``make docs`` draws them anew."""
    assert PICTURE.read_text(encoding="utf-8") == drawn(found)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_arrow_runs_back_up(found: Structure, package: str) -> None:
    """Within a package each room rests on lower floors only: no room stands in a circle."""
    floor_of = {room: n for n, floor in enumerate(floors(found.of(package), found.arrows)) for room in floor}

    assert [(a, b) for a, b in found.arrows if a in floor_of and b in floor_of and floor_of[a] >= floor_of[b]] == []


def test_a_circle_is_seen() -> None:
    """Two rooms that import each other share a floor, above what they rest on, and none below them."""
    arrows = {("bot.a", "bot.b"), ("bot.b", "bot.a"), ("bot.a", "bot.c"), ("bot.d", "bot.a")}

    assert floors(["bot.a", "bot.b", "bot.c", "bot.d"], arrows) == [["bot.d"], ["bot.a", "bot.b"], ["bot.c"]]
