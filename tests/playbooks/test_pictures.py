"""The pictures for whoever doesn't know a thing by its name: drawn, told apart by three marks, and never stale."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from playbooks.pictures import PICTURES, drawing, pictures
from tests.drawings import MADE_OF, WIDTH, drawn


def test_each_picture_is_drawn_and_told() -> None:
    """Every drawing has its words, and what has words is drawn: as SVG to be changed and as PNG to be sent."""
    there = {suffix: {path.stem for path in PICTURES.glob(f"*.{suffix}")} for suffix in ("svg", "png")}

    assert set(pictures()) == there["svg"] == there["png"]
    assert len(pictures()) >= 14


@pytest.mark.parametrize("name", sorted(pictures()))
def test_the_png_was_made_of_its_svg(name: str) -> None:
    """A PNG says of which SVG it was made; after a change ``python -m tests.drawings`` draws it anew."""
    svg = (PICTURES / f"{name}.svg").read_bytes()
    png = Image.open(BytesIO(drawing(name)))

    assert png.info[MADE_OF] == sha256(svg).hexdigest()
    assert png.width == WIDTH
    assert len(drawing(name)) < 20_000


def test_a_png_shows_what_its_svg_draws() -> None:
    """Drawn again, the cable with its plug comes out as it is sent."""
    sent, again = (
        Image.open(BytesIO(one)).convert("RGB") for one in (drawing("lan_plug"), drawn(PICTURES / "lan_plug.svg"))
    )

    differing = sum(ImageChops.difference(sent, again).convert("L").point(lambda value: value > 96).histogram()[1:])
    assert differing < sent.width * sent.height / 100


def test_marks_are_read_at_a_glance() -> None:
    """A title has at most 24 Japanese characters, a mark at most 32: they stand below a picture on a phone."""
    for name, picture in pictures().items():
        assert len(picture.title.ja) <= 24, name
        assert max(len(mark) for mark in picture.marks.ja) <= 32, name
