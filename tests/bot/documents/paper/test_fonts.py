"""The fonts: they come with the program, and what they lack is named."""

from __future__ import annotations

from bot.documents.paper.fonts import BOLD, drawable, font_file, paper_fonts


def test_our_fonts_are_there() -> None:
    """Japanese in two weights and emoji are found in the packages; the machine's own fonts are not looked at."""
    assert font_file().is_file()
    assert font_file(BOLD).is_file()
    assert {"Noto Sans CJK JP", "Noto Emoji", "Noto Sans Symbols"} <= set(paper_fonts().families())


def test_what_no_font_draws_is_named() -> None:
    """Rare kanji, emoji and other scripts are drawn; a hieroglyph stands by its name; our own boxes have their likes."""
    assert drawable("髙﨑𠮷 🚨 สวัสดี Ω abc") == "髙﨑𠮷 🚨 สวัสดี Ω abc"
    assert drawable("𓀀") == "［U+13000 EGYPTIAN HIEROGLYPH A001］"
    assert drawable("☐ ✕ ✓") == "□ × ✔"
