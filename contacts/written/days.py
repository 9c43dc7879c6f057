"""Days as people write them: 2026/11/23, 2026年11月23日, R8.11.23, 令和8年11月23日."""

from __future__ import annotations

import re
from datetime import date, datetime

from contacts.phrasing import say
from contacts.shapes.hours import WEEKDAYS
from contacts.written.mistakes import Unreadable
from contacts.written.signs import in_digits, straight

ERAS: dict[str, int] = {
    "令和": 2018,
    "令": 2018,
    "R": 2018,
    "平成": 1988,
    "平": 1988,
    "H": 1988,
    "昭和": 1925,
    "昭": 1925,
    "S": 1925,
}
"""The year before the first one of an era, by its name and its initial."""

_LAST = {1988: 31, 1925: 64}
"""The last year of the eras that are over."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR_FIRST = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})?\s*(?P<year>\d{{1,4}}|元)\s*[年/.・-]\s*(?P<month>\d{{1,2}})\s*[月/.・-]\s*(?P<day>\d{{1,2}})(?!\d)\s*日?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_ENGLISH = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE),
)
_WRITTEN = (_YEAR_FIRST, _COMPACT, *_ENGLISH)
_INITIALS = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_WEEKDAY = r"(?P<ja>[月火水木金土日])(?:曜日?)?|(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_IN_FRONT = re.compile(rf"(?:{_WEEKDAY}),?\s+", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\s*(?:\(\s*(?:{_WEEKDAY})(?:[・,/]?祝)?\s*\)|(?:{_WEEKDAY.replace('?P<ja>', '?P<ja2>').replace('?P<en>', '?P<en2>')})$)",
    re.IGNORECASE,
)


def read_day(written: str | date) -> date:
    """Read a day; Unreadable if it is none, has no year, is in no calendar, or on another weekday; all signs are used."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    text = in_digits(straight(written)).strip()
    front = _IN_FRONT.match(text)
    bare = text[front.end() :] if front else text
    found = next((match for pattern in _WRITTEN if (match := pattern.match(bare))), None)
    if found is None:
        raise Unreadable(say("written.unreadable_day", written=written, sign=text))
    behind = _BEHIND.match(bare, found.end())
    if left := bare[behind.end() if behind else found.end() :].strip():
        raise Unreadable(say("written.day_and_more", written=written, sign=left))
    day = _day(found, written)
    for named in (front, behind):
        if named is not None and WEEKDAYS[day.weekday()] != weekday_in(named):
            raise Unreadable(say("written.other_weekday", written=written, sign=named[0].strip()))
    return day


def weekday_in(named: re.Match[str]) -> str:
    """Give the weekday that was written."""
    parts = named.groupdict()
    sign = parts.get("ja") or parts.get("ja2")
    return _INITIALS[sign] if sign else str(parts.get("en") or parts.get("en2")).casefold()


def _day(found: re.Match[str], written: str) -> date:
    parts = found.groupdict()
    era = parts.get("era")
    year = 1 if parts["year"] == "元" else int(parts["year"])
    if era is not None:
        first = ERAS[era.upper()]
        if not 1 <= year <= _LAST.get(first, 99):
            raise Unreadable(say("written.no_such_day", written=written, sign=found[0]))
        year += first
    elif year < 1900:
        raise Unreadable(say("written.no_year", written=written, sign=found[0]))
    month = MONTHS.index(parts["name"].casefold()) + 1 if parts.get("name") else int(parts["month"])
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        raise Unreadable(say("written.no_such_day", written=written, sign=found[0])) from None
