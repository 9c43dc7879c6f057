"""Days off as people write them: 2026/12/29〜2027/1/3、2026/12/28 9:00–12:00."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from contacts.phrasing import say
from contacts.shapes.hours import Session
from contacts.written.days import read_day
from contacts.written.hours import read_sessions, write_sessions
from contacts.written.mistakes import Unreadable

LONGEST = 60
"""Days in one stretch; more is a slip of the year."""

_SPLIT = re.compile(r"[、,;\n]+")
_DAY = r"(?:令和|R|r)?\s*\d{1,4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?(?:\s*\([月火水木金土日]\))?"
_STRETCH = re.compile(rf"(?P<first>{_DAY})(?:\s*(?:[~〜–—]|から|\s-\s)\s*(?P<last>{_DAY})(?:まで)?)?\s*(?P<rest>.*)")
_CLOSED_WORDS = frozenset({"", "休み", "休診", "休業", "全休", "closed", "off"})


def read_closures(written: str) -> dict[date, tuple[Session, ...]]:
    """Read single days, each closed (no sessions) or open for the times behind it; Unreadable if one is neither."""
    found: dict[date, tuple[Session, ...]] = {}
    times: dict[date, list[str]] = {}
    days: list[date] = []
    for part in (p.strip() for p in _SPLIT.split(unicodedata.normalize("NFKC", written)) if p.strip()):
        stretch = _STRETCH.fullmatch(part)
        rest = stretch["rest"].strip() if stretch else part
        if stretch:
            days = _days(stretch["first"], stretch["last"], written)
            found |= dict.fromkeys(days, ())
        if rest.casefold() in _CLOSED_WORDS:
            continue
        if not days or (not stretch and not any(day in times for day in days)):
            raise Unreadable(say("written.no_days_off", part=part))
        for day in days:
            times.setdefault(day, []).append(rest)
    return dict(sorted((found | {day: read_sessions("、".join(parts)) for day, parts in times.items()}).items()))


def _days(first: str, last: str | None, written: str) -> list[date]:
    begin = read_day(first)
    end = read_day(last) if last else begin
    if not timedelta(0) <= end - begin < timedelta(days=LONGEST):
        raise Unreadable(say("written.last_day", written=written, longest=LONGEST))
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def write_closures(days: Mapping[date, tuple[Session, ...]]) -> str:
    """Write days off, those in a row that are alike together, so that :func:`read_closures` reads them back."""
    ordered = sorted(days)
    groups = groupby(enumerate(ordered), key=lambda pair: (pair[1] - timedelta(days=pair[0]), days[pair[1]]))
    stretches = [[day for _, day in group] for _, group in groups]
    return "\n".join(_stretch(stretch, days[stretch[0]]) for stretch in stretches)


def _stretch(days: list[date], sessions: tuple[Session, ...]) -> str:
    first, last = (f"{day.year}/{day.month}/{day.day}" for day in (days[0], days[-1]))
    return f"{first}{f'〜{last}' if last != first else ''} {write_sessions(sessions)}".strip()
