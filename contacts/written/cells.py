"""What a cell of the workbook may hold: how each kind of value is read from it and written into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, time
from typing import Any, Protocol

from contacts.labels import YES_NO
from contacts.phrasing import say
from contacts.written.days import read_day
from contacts.written.hours import (
    read_hours,
    read_minutes,
    read_sessions,
    read_weekday,
    write_hours,
    write_minutes,
    write_sessions,
)
from contacts.written.likeness import ILLEGAL, nearest, plain
from contacts.written.mistakes import Unreadable
from contacts.written.phone import plain_number
from contacts.written.signs import visible
from playbooks.frozen import frozen
from playbooks.texts import Wording, everywhere

Raw = str | int | float | bool | date | time | None
"""What Excel keeps in a cell, formulas and errors aside; a day may come as a ``datetime``."""

LIST_SIGNS = re.compile(r"[、,，;；\n]+")
"""What parts the names in a cell; 「・」 does not, since it stands inside names."""


MANY = 12
"""So many choices are not named in a sentence."""


class CellForm(Protocol):
    """A kind of value. ``read`` takes a cell that is not empty and raises Unreadable; ``write`` a value that is not None."""

    def read(self, raw: Raw) -> Any:
        """Give the value that a cell means."""
        ...

    def write(self, value: Any) -> Raw:
        """Give the cell for a value."""
        ...


def text_of(raw: Raw) -> str:
    """Give a cell as text, without signs that nobody sees; a whole number loses the ``.0`` that Excel may keep."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else visible(ILLEGAL.sub("", str(raw))).replace("\r\n", "\n").replace("\r", "\n").strip()


@frozen
class WordsCell:
    """Any text, up to ``most`` signs."""

    most: int = 1000

    def read(self, raw: Raw) -> str:
        """Give the text, without space around it."""
        text = text_of(raw)
        if len(text) > self.most:
            raise Unreadable(say("written.too_long", count=len(text), most=self.most))
        return text

    def write(self, value: str) -> str:
        """Give the text without what Excel can't hold."""
        return text_of(value)


@frozen
class TelephoneCell:
    """A telephone number."""

    def read(self, raw: Raw) -> str:
        """Give the number in its plain form; a number cell has lost its leading 0, which nobody may guess back."""
        return plain_number(text_of(raw))

    def write(self, value: str) -> str:
        """Give the number as it is kept."""
        return text_of(value)


@frozen
class DayCell:
    """A day; ``past`` ones can't lie in the future, which the proposal checks."""

    past: bool = False

    def read(self, raw: Raw) -> date:
        """Give the day."""
        if isinstance(raw, date | str):
            return read_day(raw)
        raise Unreadable(say("written.no_date", raw=raw))

    def write(self, value: date) -> date:
        """Give the day as Excel's own."""
        return value


@frozen
class WholeCell:
    """A whole number from ``least`` to ``most``; a unit behind it is passed over."""

    least: int = 0
    most: int = 1000

    def read(self, raw: Raw) -> int:
        """Give the number."""
        found = re.fullmatch(
            r"(\d{1,6})\s*(?:日前?|か月|ヶ月|カ月|番目?|days?|months?)?", unicodedata.normalize("NFKC", text_of(raw))
        )
        if found is None or isinstance(raw, bool) or not self.least <= int(found[1]) <= self.most:
            raise Unreadable(say("written.not_whole", raw=text_of(raw), least=self.least, most=self.most))
        return int(found[1])

    def write(self, value: int) -> int:
        """Give the number."""
        return value


@frozen
class PhraseCell:
    """Text with a reading of its own: hours, sessions, a length of time."""

    reading: Callable[[str], Any]
    writing: Callable[[Any], str]

    def read(self, raw: Raw) -> Any:
        """Give what the text means."""
        return self.reading(text_of(raw))

    def write(self, value: Any) -> str:
        """Give it as text."""
        return self.writing(value)


SESSIONS = PhraseCell(read_sessions, write_sessions)
"""The sessions of one day."""
WEEKDAY_SESSIONS = PhraseCell(read_weekday, write_sessions)
"""The sessions of one weekday, which may differ by the week of the month."""
WEEK_HOURS = PhraseCell(read_hours, write_hours)
"""The hours of a week."""
LENGTH = PhraseCell(read_minutes, write_minutes)
"""A length of time, in minutes."""


@frozen
class ChoiceCell:
    """One of a few; its name in either language, a part that only one name has, or its id will do."""

    labels: Mapping[str, Wording]
    earlier: Mapping[str, Wording] = field(default_factory=dict)
    """What some were called before."""

    def read(self, raw: Raw) -> str:
        """Give the id of what was chosen."""
        return self.one(text_of(raw))

    def one(self, written: str) -> str:
        """Give the id that one word means."""
        wanted = plain(written)
        for key, label in self.labels.items():
            if wanted in {plain(key), *map(plain, everywhere(label).values())}:
                return key
        for key, label in self.earlier.items():
            if wanted == plain(label.ja):
                return key
        parts = [key for key, label in self.labels.items() if self._part(wanted, label.ja)]
        if len(parts) == 1:
            return parts[0]
        near = nearest(written, [label.ja for label in self.labels.values()])
        if near:
            raise Unreadable(say("written.no_choice.near", written=written, near=near))
        if len(self.labels) >= MANY:
            raise Unreadable(say("written.no_choice.many", written=written))
        raise Unreadable(say("written.no_choice", written=written, choices=tuple(self.labels.values())))

    @staticmethod
    def _part(wanted: str, name: str) -> bool:
        """Say whether a word is one of a name's parts (院長 of 院長・管理者) or how it begins (東京)."""
        return wanted in map(plain, name.split("・")) or (len(wanted) > 1 and plain(name).startswith(wanted))

    def write(self, value: str) -> str:
        """Give the Japanese name."""
        return self.labels[value].ja if value in self.labels else value


@frozen
class ChoicesCell:
    """Any number of a few, parted by 「、」."""

    labels: Mapping[str, Wording]

    def read(self, raw: Raw) -> tuple[str, ...]:
        """Give the ids of what was chosen, each once, in the order in which they stand."""
        one = ChoiceCell(self.labels)
        return tuple(dict.fromkeys(one.one(part) for part in LIST_SIGNS.split(text_of(raw)) if part.strip()))

    def write(self, value: Iterable[str]) -> str:
        """Give the Japanese names."""
        return "、".join(ChoiceCell(self.labels).write(one) for one in value)


@frozen
class YesNoCell:
    """Yes or no."""

    def read(self, raw: Raw) -> bool:
        """Give whether it is so; ○ × 有 無 あり なし are understood."""
        if isinstance(raw, bool):
            return raw
        written = plain(text_of(raw))
        if written in {"○", "〇", "◯", "有", "有り", "あり", "する", "true", "済", "1"}:
            return True
        if written in {"×", "✕", "x", "無", "無し", "なし", "しない", "false", "0"}:
            return False
        return ChoiceCell(YES_NO).one(text_of(raw)) == "yes"

    def write(self, value: bool) -> str:
        """Give はい or いいえ."""
        return YES_NO["yes" if value else "no"].ja


@frozen
class NamesCell:
    """Names of other rows, parted by 「、」; what they mean is found when all sheets are read."""

    def read(self, raw: Raw) -> tuple[str, ...]:
        """Give the names."""
        return tuple(part.strip() for part in LIST_SIGNS.split(text_of(raw)) if part.strip())

    def write(self, value: Iterable[str]) -> str:
        """Give the names as one text."""
        return "、".join(value)
