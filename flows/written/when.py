"""When something happened, as people tell it: a moment, a day, or a span no finer than they said: 「先月の末」 is a month.

For papers, which name the day on which it happened. Every span has the words beside it, so that nothing is made more
precise than it was told.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from contacts.written.days import ERAS, MONTHS
from contacts.written.signs import in_digits, straight
from flows.written.times import told_time
from playbooks.frozen import frozen

_ABOUT = r"(?:ごろ|頃|ころ|くらい|ぐらい|前後|あたり|辺り)"
_SINCE = re.compile(rf"\s*{_ABOUT}")
_ABOUT_EN = re.compile(r"\b(?:about|around|approximately|circa)\b|~|約|およそ|だいたい|大体", re.IGNORECASE)
_PART = r"(?:(?:の|に)?\s*(?:(?:上旬|中旬|下旬|初旬|初め|はじめ|始め|半ば|中頃|なかば|末|終わり|終り|おわり)(?:ごろ|頃|ころ|に)?))?"
_N = r"(?:約|およそ|だいたい)?\s*(?P<n>\d{1,2})"
_YEARS = {"一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "本年": 0}
_MONTHS_BACK = {"先々月": -2, "先月": -1, "今月": 0}
_WEEKS_BACK = {"先々週": -2, "先週": -1, "今週": 0}
_DAY = r"(?:(?P<day>\d{1,2})\s*日(?![間前後]))?"
_MONTH = r"(?P<month>\d{1,2})\s*月"
_NAMED = rf"(?P<named>{'|'.join(MONTHS)})[a-z]*\.?"
_EN_PART = r"(?:(?:at\s+)?(?:the\s+)?(?:early|mid|late|beginning|middle|end)(?:\s+of)?[\s-]+)?"

_SPANS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_N}\s*年\s*(?:ほど|{_ABOUT})?\s*前(?:\s*の\s*{_MONTH})?{_PART}",
        rf"(?P<lastyear>{'|'.join(_YEARS)})(?:\s*の?\s*{_MONTH}{_DAY}{_PART})?",
        rf"(?P<lastmonth>{'|'.join(_MONTHS_BACK)})\s*の?\s*{_DAY}{_PART}",
        rf"{_N}\s*(?P<months>[かカヵヶケ箇]月)\s*(?:ほど|{_ABOUT})?\s*前{_PART}",
        r"(?P<half>半年)\s*(?:ほど)?\s*前",
        rf"{_N}\s*(?P<weeks>週間)\s*(?:ほど|{_ABOUT})?\s*前",
        rf"(?P<lastweek>{'|'.join(_WEEKS_BACK)})(?!\s*の?\s*[月火水木金土日])",
        rf"(?P<year>\d{{4}})\s*年(?:\s*の?\s*{_MONTH}{_PART})?(?!\s*\d)",
        rf"(?P<era>{'|'.join(ERAS)})\s*(?P<erayear>\d{{1,2}}|元)\s*年(?:\s*の?\s*{_MONTH}{_PART})?(?!\s*\d)",
        r"(?P<year>\d{4})\s*[/.-]\s*(?P<month>\d{1,2})(?![\d/.-])",
        rf"{_MONTH}(?!\s*\d){_PART}",
        r"(?:about\s+|around\s+)?(?:(?P<n>\d{1,2})|an?|one)\s+(?P<unit>year|month|week)s?\s+ago",
        rf"{_EN_PART}(?P<last>last|this)\s+(?P<unit>year|month|week)",
        rf"(?:in\s+)?{_EN_PART}{_NAMED}(?:,?\s+(?P<year>\d{{4}}))?(?!\s*\d)",
        r"(?:in\s+)?(?P<year>\d{4})\s*$",
    )
)
_PERHAPS = re.compile(
    r"^(?:(?:約|およそ|だいたい|大体|たぶん|おそらく|多分|恐らく)\s*|(?:probably|perhaps|maybe)\s+)+", re.IGNORECASE
)
_COUNTED = re.compile(r"前|\bago\b", re.IGNORECASE)
_ONLY_A_DAY = re.compile(r"[\d年月日/.\s()火水木金土曜-]+")

UNKNOWN = re.compile(
    r"不明|わか(?:ら|り(?:ません|かね))|分か(?:ら|り(?:ません|かね))|unknown|not known|don'?t know|no idea",
    re.IGNORECASE,
)
"""How it is written that nobody knows."""


@frozen
class When:
    """From which day to which it was told to have happened; ``at`` (aware) where a time of day was told, ``about`` if roughly.

    ``whole`` says that the words hold nothing but this: a span, or a sentence around a time, is shown with its words.
    """

    start: date
    end: date
    at: datetime | None
    about: bool
    whole: bool


def how_fine(text: str, now: datetime) -> str:
    """Say how finely a text tells when something happened: ``time``, ``day`` or ``span``; ``undated`` where it names none of them."""
    told = None if UNKNOWN.search(text) else when_told(text, now)
    if told is None:
        return "undated"
    return "time" if told.at is not None else "day" if told.start == told.end else "span"


def when_told(text: str, now: datetime) -> When | None:
    """Read when something happened from the start of a text; None if it names no day, or one that is still to come.

    ``now`` (aware, in the facility's zone) is when it was written.
    """
    plain = in_digits(straight(text)).strip().strip("「」")
    bare = _PERHAPS.sub("", plain)
    about = bare != plain or bool(_ABOUT_EN.search(plain[:24]))
    told = told_time(bare, now)
    if told is not None and told.at is not None:
        about = about or _is_about(bare, bare.find(told.sign) + len(told.sign))
        return When(told.at.date(), told.at.date(), told.at, about, not told.rest.strip(" 。．."))
    found = next((match for pattern in _SPANS if (match := pattern.match(bare))), None)
    if found is not None:
        span = _span(found, now.date())
        about = about or _is_about(bare, found.end()) or bool(_COUNTED.search(found[0]))  # 「1年前」 is about then
        return When(*span, None, about, whole=False) if span is not None and span[0] <= now.date() else None
    if told is not None and told.day is not None and told.day <= now.date():
        about = about or _is_about(bare, bare.find(told.sign) + len(told.sign))
        return When(told.day, told.day, None, about, not told.rest and bool(_ONLY_A_DAY.fullmatch(told.sign)))
    return None


def _is_about(text: str, end: int) -> bool:
    """Say whether what was read up to ``end`` is said to be so roughly."""
    return bool(_SINCE.match(text, end)) or bool(re.search(rf"{_ABOUT}に?$", text[:end]))


def _span(found: re.Match[str], today: date) -> tuple[date, date] | None:
    parts = found.groupdict()
    count = int(parts.get("n") or 1)
    month = int(parts.get("month") or 0) or (
        MONTHS.index(parts["named"].casefold()[:3]) + 1 if parts.get("named") else 0
    )
    unit = (parts.get("unit") or "").casefold()
    last = -1 if (parts.get("last") or "").casefold() == "last" else 0
    if word := parts.get("lastmonth"):
        return _day_in(_of_month(today.year, today.month + _MONTHS_BACK[word]), parts)
    if word := parts.get("lastweek"):
        return _of_week(today, _WEEKS_BACK[word])
    if parts.get("half"):
        return _of_month(today.year, today.month - 6)
    if parts.get("months") or (unit == "month" and not parts.get("last")):
        return _of_month(today.year, today.month - count)
    if parts.get("weeks") or (unit == "week" and not parts.get("last")):
        return _of_week(today, -count)
    if unit == "month":
        return _of_month(today.year, today.month + last)
    if unit == "week":
        return _of_week(today, last)
    if year := _year(parts, today, unit, last, count):
        return _day_in(_of_month(year, month), parts) if month else (date(year, 1, 1), date(year, 12, 31))
    if month:  # without a year: the last one of that name that has begun
        return _of_month(today.year - (month > today.month), month)
    return None


def _year(parts: dict[str, str | None], today: date, unit: str, last: int, count: int) -> int:
    if word := parts.get("lastyear"):
        return today.year + _YEARS[word]
    if parts.get("year"):
        return int(parts["year"] or 0)
    if parts.get("era"):
        return ERAS[(parts["era"] or "").upper()] + (1 if parts["erayear"] == "元" else int(parts["erayear"] or 0))
    if unit == "year":
        return today.year + (last if parts.get("last") else -count)
    return today.year - count if parts.get("n") else 0


def _of_month(year: int, month: int) -> tuple[date, date] | None:
    if not -24 < month <= 12:
        return None
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _day_in(month: tuple[date, date] | None, parts: dict[str, str | None]) -> tuple[date, date] | None:
    """Give the day of a month that was named, or all of it; None for a day that it doesn't have."""
    if month is None or not parts.get("day"):
        return month
    day = month[0] + timedelta(days=int(parts["day"] or 0) - 1)
    return (day, day) if month[0] <= day <= month[1] else None


def _of_week(today: date, weeks: int) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)
