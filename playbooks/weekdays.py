"""Weekdays as people write them: by name only, since programs disagree on which day has the number 1."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Literal, get_args

WeekdayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NAMES: tuple[WeekdayName, ...] = get_args(WeekdayName)

KANJI = "月火水木金土日"
_KANJI = re.compile(f"[{KANJI}](?:曜日?)?")


def weekday_by_name(written: object) -> WeekdayName:
    """Read one weekday, as in ``thu``, ``Thursday``, ``木`` or ``木曜日``; ValueError for a number or anything else."""
    text = unicodedata.normalize("NFKC", str(written)).strip()
    if text.lstrip("-").isdigit():
        raise ValueError(
            f"the weekday {text} is a number, and programs disagree on which day it is; write its name: mon … sun, 月 … 日"
        )
    if _KANJI.fullmatch(text):
        return NAMES[KANJI.index(text[0])]
    found = next((name for name in NAMES if len(text) >= 3 and _FULL[name].startswith(text.casefold())), None)
    if found is None:
        raise ValueError(f"there is no weekday {text!r}; write mon, tue … sun or 月, 火 … 日")
    return found


def weekdays_by_name(written: Any) -> tuple[WeekdayName, ...]:
    """Read weekdays, as a list or as one text (``tue thu``, ``火・木``, ``火木``), in the order of the week.

    ValueError for a number or a word that is no weekday.
    """
    if isinstance(written, str):
        text = unicodedata.normalize("NFKC", written)
        if text and set(text) <= set(KANJI):
            written = list(text)
        else:
            for sign in "・,、/":
                text = text.replace(sign, " ")
            written = text.split()
    if not isinstance(written, list | tuple):
        written = [written]
    found = {weekday_by_name(one) for one in written}
    return tuple(name for name in NAMES if name in found)


_FULL: dict[WeekdayName, str] = dict(
    zip(NAMES, ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), strict=True)
)
