"""Draws the PNGs of playbooks/library/pictures from the SVGs beside them; run as a module it writes them anew.

Each PNG says of which SVG it was made (its digest, as a text inside the file), so that a test can tell a stale one
whatever the version of the renderer.
"""

from __future__ import annotations

import tempfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from playbooks.pictures import PICTURES

WIDTH = 360
"""Pixels: a phone shows it whole, and it weighs a few kilobytes where the line is thin."""

MADE_OF = "made-of"
"""The text in a PNG that holds the digest of its SVG."""

COLOURS = 48


def drawn(svg: Path) -> bytes:
    """Give the PNG of a drawing; equal drawings give equal bytes with equal versions of the renderers."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "drawing.svg").write_bytes(svg.read_bytes())
        page = Path(folder) / "page.typ"
        page.write_text(
            f'#set page(width: {WIDTH}pt, height: auto, margin: 0pt)\n#image("drawing.svg", width: 100%)',
            encoding="utf-8",
        )
        made = typst.compile(page, format="png", ppi=72)
    told, out = PngInfo(), BytesIO()
    told.add_text(MADE_OF, sha256(svg.read_bytes()).hexdigest())
    few = Image.open(BytesIO(made)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()


if __name__ == "__main__":
    for svg in sorted(PICTURES.glob("*.svg")):
        svg.with_suffix(".png").write_bytes(drawn(svg))
