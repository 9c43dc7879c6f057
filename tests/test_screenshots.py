"""What docs/page shows of the page: small pictures, each named to the reader, taken in a real browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from tests.screenshots import FOLDER, SIZES, photographed

LARGEST = 150_000
"""Bytes of a picture."""


def is_right(name: str, png: bytes) -> None:
    """Hold a picture against what is promised of it: a PNG of its size, not heavy, not one plain surface."""
    assert len(png) < LARGEST
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.size) == ("PNG", SIZES[name])
        assert len(image.convert("RGB").getcolors(1 << 16) or ()) > 8


def test_all_pictures_are_there_and_named() -> None:
    """Each page has its picture, the README shows where, and none lies about that nobody takes any more."""
    assert {path.stem for path in FOLDER.iterdir()} == SIZES.keys()
    for readme in ("README.md", "README.ja.md"):
        text = (FOLDER.parent.parent / readme).read_text(encoding="utf-8")
        assert [name for name in SIZES if f"(docs/page/{name}.png)" not in text] == []
    for name in SIZES:
        is_right(name, (FOLDER / f"{name}.png").read_bytes())


@pytest.mark.long
async def test_pictures_can_be_taken_anew() -> None:
    """As ``make screenshots`` takes them: all of them, each at its size."""
    taken = await photographed()
    assert taken.keys() == SIZES.keys()
    for name, png in taken.items():
        is_right(name, png)
