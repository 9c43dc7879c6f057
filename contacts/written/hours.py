"""Hours and lengths of time as people write them: 月–金 9:00–18:00、土 9:00–12:00; 2時間30分."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time

from contacts.labels import WEEKDAY
from contacts.phrasing import say
from contacts.shapes.hours import MIDNIGHT, WEEKDAYS, WEEKS, Hours, Session, Week, Weekday
from contacts.written.mistakes import Unreadable
from contacts.written.signs import in_digits, straight
from contacts.written.week import Stretch, read_week
from contacts.written.week_words import DAY
from playbooks.phrasing import LANGUAGES, LIST, Language
from playbooks.texts import Text

ALWAYS_WORDS = frozenset({"24時間", "24時間365日", "年中無休24時間", "always", "24h"})

EARLY = range(1, 6)
"""Hours that are written 01:00, so that nobody takes them for the afternoon's."""

_LENGTH = re.compile(r"(?:(\d+)週間)?(?:(\d+)日)?(?:(\d+)(?:\.(\d))?時間(半)?)?(?:(\d+)分)?")


def read_sessions(written: str) -> tuple[Session, ...]:
    """Read the sessions of one day, as in ``9:00–12:30、14:00–18:00``; Unreadable names what is none, or that two overlap."""
    sessions = read_weekday(written)
    if any(session.weeks for session in sessions):
        raise Unreadable(say("written.unreadable_times", written=written))
    return sessions


def read_weekday(written: str) -> tuple[Session, ...]:
    """Read the sessions of one weekday, which may differ by the week of the month: ``9:00–12:00、第2・第4は休み``."""
    return _sessions(read_week(written, days=WEEKDAYS[:1])[WEEKDAYS[0]])


def _sessions(held: Mapping[Stretch, tuple[Week, ...]]) -> tuple[Session, ...]:
    return tuple(Session(start=_clock(a), until=_clock(b), weeks=weeks) for (a, b), weeks in held.items())


def _clock(minutes: int) -> time:
    return time(*divmod(minutes % DAY, 60))


def write_sessions(sessions: Iterable[Session]) -> str:
    """Write the sessions of one weekday, so that :func:`read_weekday` reads them back."""
    by_weeks = _by_weeks(sessions)
    return "、".join(f"{_weeks(weeks, LANGUAGES[0])} {text}" if weeks else text for weeks, text in by_weeks)


def _by_weeks(sessions: Iterable[Session]) -> list[tuple[tuple[Week, ...], str]]:
    """Write the sessions of one weekday, those weeks of the month together that are alike."""
    sessions = tuple(sessions)
    if not any(session.weeks for session in sessions):
        return [((), _day(sessions))]
    of_weeks = {week: _day(s for s in sessions if not s.weeks or week in s.weeks) for week in WEEKS}
    texts = dict.fromkeys(text for text in of_weeks.values() if text)
    return [(tuple(week for week in WEEKS if of_weeks[week] == text), text) for text in texts]


def _day(sessions: Iterable[Session]) -> str:
    return "、".join(
        f"{s.start.hour:0{2 if s.start.hour in EARLY else 1}}:{s.start:%M}"
        f"–{s.until.hour if s.until != MIDNIGHT else 24}:{s.until:%M}"
        for s in sessions
    )


def _weeks(weeks: tuple[Week, ...], language: Language) -> str:
    between = say("written.nth.between").in_language(language)
    return between.join(say(f"written.nth.{week}").in_language(language) for week in weeks)


def read_hours(written: str) -> Hours:
    """Read the hours of a week, as in ``月–金 9:00–18:00、土 9:00–12:00`` or ``24時間``; Unreadable names what is not understood."""
    week = read_week(written)
    return {day: _sessions(week[day]) for day in WEEKDAYS if day in week}


def write_hours(hours: Mapping[Weekday, tuple[Session, ...]], language: Language = LANGUAGES[0]) -> str:
    """Write the hours of a week, equal days in a row together, so that :func:`read_hours` reads them back."""
    if all([s.start == s.until == MIDNIGHT and not s.weeks for s in hours.get(day, ())] == [True] for day in WEEKDAYS):
        return say("written.always").in_language(language)
    groups: list[tuple[list[Weekday], tuple[Week, ...], str]] = []
    for day in WEEKDAYS:
        for weeks, text in _by_weeks(hours.get(day, ())):
            if groups and not weeks and groups[-1][1:] == ((), text):
                groups[-1][0].append(day)
            else:
                groups.append(([day], weeks, text))
    between = LIST.in_language(language)
    return between.join(
        f"{_span(days, weeks, language)} {text.replace('、', between)}" for days, weeks, text in groups if text
    )


def hours_said(hours: Mapping[Weekday, tuple[Session, ...]]) -> Text:
    """Say the hours of a week to readers of each language."""
    return Text(ja=write_hours(hours, "ja"), en=write_hours(hours, "en"))


def _span(days: list[Weekday], weeks: tuple[Week, ...], language: Language) -> str:
    if len(days) == len(WEEKDAYS):
        return say("written.every_day").in_language(language)
    first, last = (WEEKDAY[day].in_language(language) for day in (days[0], days[-1]))
    if weeks:
        return say("written.nth.day", weeks=_weeks(weeks, language), day=first).in_language(language)
    return first if len(days) == 1 else f"{first}–{last}"


def read_minutes(written: str) -> int:
    """Read a length of time with its unit, as in 30分, 2時間半, 1日; gives minutes. Unreadable without a unit."""
    text = re.sub(r"\s", "", in_digits(straight(written)))
    found = _LENGTH.match(text)
    if found is None or not found[0] or found.end() < len(text):
        left = text[found.end() :] if found is not None else text
        raise Unreadable(say("written.unreadable_length", written=written, sign=left))
    weeks, days, hours, tenths, half, minutes = (
        int(part) if part and part != "半" else 30 * bool(part) for part in found.groups()
    )
    return (weeks * 7 + days) * DAY + hours * 60 + tenths * 6 + half + minutes


def write_minutes(minutes: int) -> str:
    """Write a length of time in the largest units that fit, so that :func:`read_minutes` reads it back."""
    days, rest = divmod(minutes, DAY)
    parts = ((days, "日"), (rest // 60, "時間"), (rest % 60, "分"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0分"
