"""Hours and lengths of time as people write them: 月–金 9:00–18:00、土 9:00–12:00; 2時間30分."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import time
from itertools import pairwise

from contacts.labels import WEEKDAY
from contacts.phrasing import say
from contacts.shapes.hours import MIDNIGHT, WEEKDAYS, Hours, Session, Weekday
from contacts.written.mistakes import Unreadable

ALWAYS_WORDS = frozenset({"24時間", "24時間365日", "年中無休24時間", "always", "24h"})

_DASH = re.compile(r"\s*(?:[-‐-―−~〜～ー]|から)\s*")
_SPLIT = re.compile(
    r"[、,;\n。/()]+|\s+(?=(?:平日|毎日|[月火水木金土日祝](?!\d))|オンコ)"
    r"|(?<=[\d時分半m])(?:\s+|\s*と\s*)(?=(?:午[前後])?\d)"
)
"""What parts one stretch of time from the next: signs, a blank before a day, 「と」 or a blank between times."""

_CLOCK = re.compile(r"(午前|午後)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分|(半))?)?\s*(am|pm)?", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?=.)(?:全日|終日)?(?:急患|救急|往診|予約|訪問|電話)?(?:対応)?(?:のみ|だけ)?"
    r"(?:休診日?|お?休み|定休日?|休業日?|休|なし)?(?:です)?|オンコ.ル.*"
)
"""What is written where no sessions are held."""

_MORNING = re.compile(r"午前(?:中|診療?)?(?:のみ|だけ)?")
_NOON, _LATEST_MORNING = time(12), time(14)
_DAYS = re.compile(
    r"^((?:[月火水木金土日祝](?:曜日?)?|毎日|平日|[A-Za-z]{3})(?:\s*[-・,と]?\s*(?:[月火水木金土日祝](?:曜日?)?|[A-Za-z]{3}))*)[はのに:\s]*"
)
_DAY = re.compile(r"[月火水木金土日]|[A-Za-z]{3}")
_LENGTH = re.compile(r"(?:(\d+)日)?(?:(\d+)時間)?(?:(\d+)分)?")

_NAMES: dict[str, Weekday] = {WEEKDAY[day].ja: day for day in WEEKDAYS} | {day: day for day in WEEKDAYS}
_GROUPS: dict[str, tuple[Weekday, ...]] = {"毎日": WEEKDAYS, "平日": WEEKDAYS[:5]}
_DAY_MINUTES = 24 * 60


def read_sessions(written: str) -> tuple[Session, ...]:
    """Read the sessions of one day, as in ``9:00–12:30、14:00–18:00``; Unreadable if one is none, or if two overlap."""
    text = unicodedata.normalize("NFKC", written).strip()
    if text.casefold() in ALWAYS_WORDS:
        return (Session(start=MIDNIGHT, until=MIDNIGHT),)
    found: list[Session] = []
    for part in _SPLIT.split(text):
        if part.strip():
            found.append(_session(part, written, found[-1].until if found else None))
    found.sort(key=lambda s: s.start)
    for earlier, later in pairwise(found):
        if earlier.until == MIDNIGHT or later.start < earlier.until:
            raise Unreadable(say("written.overlap", written=written))
    return tuple(found)


def _session(part: str, written: str, before: time | None = None) -> Session:
    """Read one session; an hour that can only be meant of the afternoon (3時 after a morning, 9時から6時) is one."""
    ends = _DASH.split(part.strip())
    start, until = (_clock(end) for end in ends) if len(ends) == 2 else (None, None)
    if start is not None and until is not None and MIDNIGHT not in (before, until):
        if before is not None and start < before:
            start, until = _afternoon(start), _afternoon(until)
        elif until <= start < _NOON:
            until = _afternoon(until)
    if start is None or until is None or not (start < until or until == MIDNIGHT):
        raise Unreadable(say("written.unreadable_times", written=written))
    return Session(start=start, until=until)


def _clock(written: str) -> time | None:
    found = _CLOCK.fullmatch(written.strip())
    if found is None:
        return None
    hour, minute = int(found[2]), 30 if found[5] else int(found[3] or found[4] or 0)
    if "午後" in found[0] or "pm" in found[0].casefold():
        hour += 12 if hour < 12 else 0
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _afternoon(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock


def write_sessions(sessions: Iterable[Session]) -> str:
    """Write the sessions of one day, so that :func:`read_sessions` reads them back."""
    return "、".join(
        f"{s.start.hour}:{s.start:%M}–{s.until.hour if s.until != MIDNIGHT else 24}:{s.until:%M}" for s in sessions
    )


def read_hours(written: str) -> Hours:
    """Read the hours of a week, as in ``月–金 9:00–18:00、土 9:00–12:00`` or ``24時間``; Unreadable if they are none.

    A day that is closed, or open for emergencies alone (土は急患のみ), has none; holidays (祝) are days off of their own.
    """
    text = _DASH.sub("-", unicodedata.normalize("NFKC", written).strip().replace("祝日", "祝"))
    if text.casefold() in ALWAYS_WORDS:
        return dict.fromkeys(WEEKDAYS, (Session(start=MIDNIGHT, until=MIDNIGHT),))
    days: tuple[Weekday, ...] = ()
    times: dict[Weekday, list[str]] = {}
    closed: set[Weekday] = set()
    waiting = False
    for part in (p.strip() for p in _SPLIT.split(text) if p.strip()):
        named = _DAYS.match(part)
        if named:
            days = (*days, *_weekdays(named[1], written)) if waiting else _weekdays(named[1], written)
        stretch = part[named.end() :] if named else part
        waiting = not stretch
        if named and not days and not waiting:
            continue  # of holidays alone
        if _CLOSED.fullmatch(stretch):
            closed |= {*days} if named else set()
            continue
        if _MORNING.fullmatch(stretch):
            stretch = _morning_of(times, written)
        if not days:
            raise Unreadable(say("written.unreadable_hours", written=written))
        for day in () if waiting else days:
            times.setdefault(day, []).append(stretch)
    if waiting or not times:
        raise Unreadable(say("written.no_times", written=written))
    return {day: read_sessions("、".join(times[day])) for day in WEEKDAYS if day in times and day not in closed}


def _morning_of(times: Mapping[Weekday, list[str]], written: str) -> str:
    """Give the morning of the days named before: only then 「午前のみ」 says when."""
    stretches = dict.fromkeys(stretch for day in times.values() for stretch in day)
    for stretch in stretches:
        if _session(stretch, written).until <= _LATEST_MORNING:
            return stretch
    raise Unreadable(say("written.unreadable_times", written=written))


def _weekdays(written: str, whole: str) -> tuple[Weekday, ...]:
    if written in _GROUPS:
        return _GROUPS[written]
    found: list[Weekday] = []
    ranged = False
    for piece in re.findall(r"[月火水木金土日祝](?:曜日?)?|[A-Za-z]{3}|[-‐-―−~〜～ー]", written):
        if _DASH.fullmatch(piece):
            ranged = True
            continue
        if piece.startswith("祝"):
            continue
        day = _NAMES.get(piece[:1] if piece[0] in "月火水木金土日" else piece.casefold())
        if day is None:
            raise Unreadable(say("written.unreadable_weekday", whole=whole))
        first, last = WEEKDAYS.index(found[-1]) + 1 if ranged and found else WEEKDAYS.index(day), WEEKDAYS.index(day)
        found += WEEKDAYS[first : last + 1] if first <= last else (*WEEKDAYS[first:], *WEEKDAYS[: last + 1])
        ranged = False
    return tuple(found)


def write_hours(hours: Mapping[Weekday, tuple[Session, ...]]) -> str:
    """Write the hours of a week, equal days in a row together, so that :func:`read_hours` reads them back."""
    if all([s.start == s.until == MIDNIGHT for s in hours.get(day, ())] == [True] for day in WEEKDAYS):
        return "24時間"
    groups: list[tuple[list[Weekday], str]] = []
    for day in WEEKDAYS:
        text = write_sessions(hours.get(day, ()))
        if groups and groups[-1][1] == text:
            groups[-1][0].append(day)
        else:
            groups.append(([day], text))
    return "、".join(f"{_span(days)} {text}" for days, text in groups if text)


def _span(days: list[Weekday]) -> str:
    if len(days) == len(WEEKDAYS):
        return "毎日"
    first, last = WEEKDAY[days[0]].ja, WEEKDAY[days[-1]].ja
    return first if len(days) == 1 else f"{first}–{last}"


def read_minutes(written: str) -> int:
    """Read a length of time with its unit, as in 30分, 2時間30分, 1日; gives minutes. Unreadable without a unit."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written))
    found = _LENGTH.fullmatch(text)
    if found is None or not text:
        raise Unreadable(say("written.unreadable_length", written=written))
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * _DAY_MINUTES + hours * 60 + minutes


def write_minutes(minutes: int) -> str:
    """Write a length of time in the largest units that fit, so that :func:`read_minutes` reads it back."""
    days, rest = divmod(minutes, _DAY_MINUTES)
    parts = ((days, "日"), (rest // 60, "時間"), (rest % 60, "分"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0分"
