"""Days off as people write them: 2026/12/29〜2027/1/3、2026/12/28 9:00–12:00."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from contacts.phrasing import say
from contacts.shapes.hours import Session
from contacts.written.days import read_day
from contacts.written.hours import read_sessions, write_sessions
from contacts.written.mistakes import Unreadable
from contacts.written.signs import in_digits, straight

LONGEST = 60
"""Days in one stretch; more is a slip of the year."""

_SPLIT = re.compile(r"[、,;\n]+")
_WEEKDAY = r"(?:\s*\([月火水木金土日](?:曜日?)?\))?"
_DAY = rf"(?:令和|R|r)?\s*\d{{1,4}}\s*[年/.-]\s*\d{{1,2}}\s*[月/.-]\s*\d{{1,2}}(?!\d)\s*日?{_WEEKDAY}"
_SHORT = rf"(?:(?P<month>\d{{1,2}})\s*[月/])?\s*(?P<day>\d{{1,2}})\s*日?{_WEEKDAY}(?=\s|$|まで|[休全終閉はの])"
_TO_DAY = r"-(?=\s*(?:\d{4}[/年]|R\d|(?:\d{1,2}[/月])?\d{1,2}(?:日|\s|\(|$)))"
"""A dash that stands for "to" beside dates that are written with slashes."""
_STRETCH = re.compile(
    rf"(?P<first>{_DAY})(?:\s*(?:~|から|\s-\s|{_TO_DAY})\s*(?P<last>{_DAY}|(?P<short>{_SHORT}))(?:まで)?)?\s*(?:は|の)?\s*(?P<rest>.*)"
)
_CLOSED_WORDS = frozenset(
    {"", "休み", "お休み", "休診", "休診日", "休業", "全休", "閉局", "休", "終日休診", "closed", "off"}
)


def read_closures(written: str) -> dict[date, tuple[Session, ...]]:
    """Read single days, each closed (no sessions) or open for the times behind it; Unreadable if one is neither."""
    found: dict[date, tuple[Session, ...]] = {}
    times: dict[date, list[str]] = {}
    days: list[date] = []
    for part in (p.strip() for p in _SPLIT.split(in_digits(straight(written))) if p.strip()):
        stretch = _STRETCH.fullmatch(part)
        rest = stretch["rest"].strip() if stretch else part
        if stretch:
            days = _days(stretch, written)
            found |= dict.fromkeys(days, ())
        if rest.casefold() in _CLOSED_WORDS:
            continue
        if not days or (not stretch and not any(day in times for day in days)):
            raise Unreadable(say("written.no_days_off", part=part, sign=part))
        for day in days:
            times.setdefault(day, []).append(rest)
    return dict(sorted((found | {day: read_sessions("、".join(parts)) for day, parts in times.items()}).items()))


def _days(stretch: re.Match[str], written: str) -> list[date]:
    begin = read_day(stretch["first"])
    end = _short(stretch, begin) if stretch["short"] else read_day(stretch["last"] or stretch["first"])
    if not timedelta(0) <= end - begin < timedelta(days=LONGEST):
        raise Unreadable(say("written.last_day", written=written, longest=LONGEST, sign=stretch["last"]))
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _short(stretch: re.Match[str], begin: date) -> date:
    """Read a last day that leaves out the year, or the month too: the next such day after the first."""
    month = int(stretch["month"] or begin.month)
    year = begin.year + (bool(stretch["month"]) and month < begin.month)
    weekday = stretch["short"].partition("(")[1:]
    return read_day(f"{year}/{month}/{stretch['day']}{''.join(weekday)}")


def write_closures(days: Mapping[date, tuple[Session, ...]]) -> str:
    """Write days off, those in a row that are alike together, so that :func:`read_closures` reads them back."""
    ordered = sorted(days)
    groups = groupby(enumerate(ordered), key=lambda pair: (pair[1] - timedelta(days=pair[0]), days[pair[1]]))
    stretches = [[day for _, day in group] for _, group in groups]
    return "\n".join(_stretch(stretch, days[stretch[0]]) for stretch in stretches)


def _stretch(days: list[date], sessions: tuple[Session, ...]) -> str:
    first, last = (f"{day.year}/{day.month}/{day.day}" for day in (days[0], days[-1]))
    return f"{first}{f'〜{last}' if last != first else ''} {write_sessions(sessions)}".strip()
