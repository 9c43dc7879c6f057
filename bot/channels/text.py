"""The length of a text as channels count it, its plain words, and its division into messages that fit."""

from __future__ import annotations

import re
from html import escape, unescape

from playbooks.frozen import frozen

MESSAGE_LIMIT = 4096
"""UTF-16 units of visible text in one message (Bot API, sendMessage)."""

CAPTION_LIMIT = 1024
"""UTF-16 units of visible text below a picture or a document (Bot API, sendDocument)."""

_MARK = re.compile(
    r"<(/?)(a|b|blockquote|code|del|em|i|ins|pre|s|span|strike|strong|tg-emoji|tg-spoiler|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
"""A mark of Telegram's. Anything else in angle brackets is text: losing a word is worse than showing a bracket."""


@frozen
class _Atom:
    """The smallest thing that is never cut: one tag (no visible text) or one visible character."""

    raw: str
    text: str = ""
    opens: str | None = None
    closes: str | None = None


def units(text: str) -> int:
    """Count UTF-16 units: 2 for an emoji outside the basic plane, 1 for a kanji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(html: str) -> str:
    """Give the words without their marks; never fails, also on broken marks."""
    return "".join(atom.text for atom in _read(html))


def fits(html: str, limit: int = MESSAGE_LIMIT) -> bool:
    """Say whether the visible text of ``html`` has at most ``limit`` units, the blanks around it not counted."""
    return units(plain(html).strip()) <= limit


def pieces(html: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Divide ``html`` into texts of at most ``limit`` visible units each (``limit`` ≥ 2), in order.

    It is cut after a paragraph, else after a line, else after a sentence or word, else anywhere; marks that are open at
    a cut are closed there and opened again in the next piece. A text that fits comes back as it is.
    """
    if fits(html, limit):
        return [html]
    atoms = _read(html)
    found: list[str] = []
    still_open: list[_Atom] = []
    start = 0
    while start < len(atoms):
        end = _cut(atoms, start, limit)
        again = "".join(atom.raw for atom in still_open)
        for atom in atoms[start:end]:
            _follow(still_open, atom)
        closing = "".join(f"</{atom.opens}>" for atom in reversed(still_open))
        piece = again + "".join(atom.raw for atom in atoms[start:end]).strip() + closing
        if plain(piece).strip():
            found.append(piece)
        start = end
    return found


def _read(html: str) -> list[_Atom]:
    atoms: list[_Atom] = []
    place = 0
    for mark in _MARK.finditer(html):
        atoms.extend(_characters(html[place : mark.start()]))
        name = mark[2].lower()
        atoms.append(_Atom(mark[0], closes=name) if mark[1] else _Atom(mark[0], opens=name))
        place = mark.end()
    atoms.extend(_characters(html[place:]))
    return atoms


def _characters(source: str) -> list[_Atom]:
    return [_Atom(escape(character, quote=False), character) for character in unescape(source)]


def _cut(atoms: list[_Atom], start: int, limit: int) -> int:
    """Find where the piece that begins at ``start`` ends (exclusive); always after ``start``."""
    width = 0
    end = start
    after_paragraph = after_line = after_word = start
    before = ""
    while end < len(atoms) and width + units(atoms[end].text) <= limit:
        text = atoms[end].text
        width += units(text)
        end += 1
        if text == "\n":
            after_line = end
            if before == "\n":
                after_paragraph = end
        elif text and text in "。、．，！？ \u3000":
            after_word = end
        before = text or before
    if end < len(atoms):
        end = next((best for best in (after_paragraph, after_line, after_word) if best > start), end)
    while end < len(atoms) and atoms[end].closes:
        end += 1  # a closing mark belongs to what it closes
    return end


def _follow(still_open: list[_Atom], atom: _Atom) -> None:
    """Keep ``still_open`` as the marks that are open after ``atom``, the outermost first."""
    if atom.opens:
        still_open.append(atom)
    elif atom.closes:
        for place in range(len(still_open) - 1, -1, -1):
            if still_open[place].opens == atom.closes:
                del still_open[place]
                break
