"""The fonts on paper: those that came with the program, never the machine's own, so that a page is the same everywhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from unicodedata import category

import typst
from matplotlib.ft2font import FT2Font

from bot.documents.paper.markdown import named

REGULAR = ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf")
BOLD = ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf")
OTHERS = "manimgx_fonts"
"""Noto Emoji in black and white, signs, and the scripts of people whose names are neither Japanese nor Latin."""

ALIKE = str.maketrans({"☐": "□", "✕": "×", "✗": "×", "✘": "×", "✓": "✔"})
"""Signs that our own screens use and our fonts lack, and those that look the same."""


def font_file(font: tuple[str, str] = REGULAR) -> Path:
    """Give the file of a font: (the package that brings it, its name there)."""
    package, name = font
    return Path(str(files(package))) / name


@cache
def paper_fonts() -> typst.Fonts:
    """Give Typst our fonts, read once."""
    folders = [str(font_file(font).parent) for font in (REGULAR, BOLD)] + [str(files(OTHERS))]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _drawn_by() -> tuple[frozenset[int], ...]:
    others = sorted(Path(str(files(OTHERS))).glob("*.ttf"))
    return tuple(frozenset(FT2Font(str(path)).get_charmap()) for path in (font_file(), *others))


@cache
def _is_drawn(sign: str) -> bool:
    # Joiners and variants have no picture of their own; they change that of their neighbour.
    return category(sign) in ("Cf", "Mn", "Me") or any(ord(sign) in font for font in _drawn_by())


def drawable(text: str) -> str:
    """Give a text in which what no font of ours can draw stands by its number and name in Unicode."""
    if text.isascii():
        return text
    text = text.translate(ALIKE)
    unknown = {sign for sign in set(text) if sign >= "\u0080" and not _is_drawn(sign)}
    return text.translate({ord(sign): named(sign) for sign in unknown}) if unknown else text
