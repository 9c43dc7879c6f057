"""Documents as Pandoc Markdown: what people typed is put in so that nothing breaks out of its place and nothing vanishes.

Every ``{{ value }}`` of a template in ``templates`` is escaped, unless it is :class:`Markdown` already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import category, name

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.documents.paper.phrased import phrased
from bot.words.words import Words

TEMPLATES = Path(__file__).parent / "templates"

READER = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-tex_math_single_backslash-latex_macros"
    "-native_divs-native_spans-markdown_in_html_blocks-smart-citations-auto_identifiers-implicit_figures"
    "-yaml_metadata_block-pandoc_title_block-fancy_lists-example_lists-definition_lists-abbreviations"
    "+east_asian_line_breaks"
)
"""Pandoc's name of the Markdown that the templates are written in: nothing in it can run or is taken in from elsewhere."""

BREAK = "[]{.br}"
"""A line break that may also stand in a table's cell. Typed brackets are escaped, so nobody else can write it."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&^$@=])")
_BEGINS = re.compile(r"[!-/:-@\[-`{-~]|\w+[.)]|[Tt]able:")
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t]+")


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


BLANK = Markdown("[]{.fill}")
"""A line to write on by hand."""


def named(sign: str) -> str:
    """Give a sign that can't be seen by its number and its name in Unicode, if it has one."""
    return f"［U+{ord(sign):04X}{' ' if name(sign, '') else ''}{name(sign, '')}］"


def visible(text: str) -> str:
    """Give a text in which every sign shows: control signs, joiners, marks of direction and lone halves by their names.

    What makes one picture of several (variants of kanji, families of emoji) stays as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign if sign in "\n\t" or not _unseen(sign) or _joins(text, place) else named(sign)
        for place, sign in enumerate(text)
    )


def _unseen(sign: str) -> bool:
    return category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _joins(text: str, place: int) -> bool:
    """Say whether this is the joiner (U+200D) between two emoji."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return (
        text[place] == "\u200d"
        and len(around) == 2
        and all(c == "\ufe0f" or category(c) in ("So", "Sk") for c in around)
    )


def escape(value: object) -> Markdown:
    """Escape a value for any place inside a line or a cell; line breaks in it become breaks inside that place."""
    if isinstance(value, Markdown):
        return value
    text = value.unescape() if isinstance(value, Markup) else "" if value is None else str(value)
    lines = [_BLANKS.sub(" ", visible(line)).strip() for line in _LINE_ENDS.split(text)]
    said = [place for place, line in enumerate(lines) if line]
    return Markdown(BREAK.join(map(_line, lines[said[0] : said[-1] + 1] if said else [])))


def _line(line: str) -> str:
    # Only at its beginning can a full stop, a bracket or a dash make a list, a rule or a caption of the line.
    if not _BEGINS.match(line):
        return _MARKUP.sub(r"\\\1", line)
    first, blank, rest = line.partition(" ")
    return _SIGN.sub(r"\\\1", first) + blank + _MARKUP.sub(r"\\\1", rest)


def table(widths: Sequence[int], header: Sequence[object], rows: Iterable[Sequence[object]]) -> Markdown:
    """Write a table; ``widths`` are the columns' shares of the line. An empty header is left away from paper."""
    dashes = "|".join("-" * max(width, 3) for width in widths)
    lines = [_row(header), f"|{dashes}|", *map(_row, rows)]
    return Markdown("\n" + "\n".join(lines) + "\n")


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


def lines(texts: Iterable[object]) -> Markdown:
    """Put texts below each other in one place."""
    return Markdown(BREAK.join(escape(text) for text in texts))


def strong(value: object) -> Markdown:
    """Print a value bold; nothing where it is empty."""
    said = escape(value)
    return Markdown(f"**{said}**" if said else "")


def as_read(markdown: str) -> str:
    """Give Markdown as people read it elsewhere: with the line break that every reader of Markdown knows."""
    return markdown.replace(BREAK, "<br>")


@cache
def environment() -> Environment:
    """Give the environment of the documents' templates."""
    made = Environment(  # noqa: S701  (what it makes is Markdown, and ``finalize`` escapes for that)
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"table": table, "lines": lines, "strong": strong, "phrased": phrased}
    return made


def write(template: str, words: Words, **values: Any) -> str:
    """Fill in a template of ``templates``; it may use ``say``, ``table``, ``lines``, ``strong`` and ``phrased``."""
    text = environment().get_template(f"{template}.md.j2").render(say=words.say, words=words, **values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
