"""A form: sections of fields, each known, under investigation or to be filled in by hand, and traced to entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["known", "investigating", "by_hand"]


@dataclass(frozen=True)
class Field:
    """One field: its label and what is known. ``entries`` are the journal's numbers on which the value rests.

    ``investigating`` prints 「調査中」, ``by_hand`` an empty line with ``note`` beside it; nothing is ever guessed.
    ``changed`` marks what differs from the last filing.
    """

    label: str
    value: str = ""
    entries: tuple[int, ...] = ()
    state: State = "known"
    note: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Section:
    """Fields that belong together, under a heading; ``note`` says once what concerns them all."""

    title: str
    fields: tuple[Field, ...]
    note: str = ""


@dataclass(frozen=True)
class Form:
    """A whole form: title, to whom it goes, its sections. ``draft`` until the director has approved this very text."""

    title: str
    to: str
    sections: tuple[Section, ...]
    draft: bool = True
    note: str = ""
