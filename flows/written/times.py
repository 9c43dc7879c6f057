"""The time that people write: 「9:10」, 「昨日の午後5時」, 「2026/11/28 23:50」, 「今朝8時ごろ」, "yesterday at 5pm", 「10分前」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Literal

from contacts.written.days import ERAS, MONTHS
from contacts.written.signs import in_digits, straight
from playbooks.frozen import frozen

Doubt = Literal["", "ahead", "day", "half", "clock"]
"""What is not sure of a time: it lies ahead, which day it is on, which half of the day it means, or which time of the day."""

SOON = timedelta(minutes=60)
"""Clocks differ, and people write a little ahead: up to here a time is today's."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""So far ahead a time may be for no other reason than that two clocks differ."""

RUNS_AHEAD = timedelta(minutes=10)
"""So far ahead a clock may run by which somebody wrote what has happened; what lies further ahead is asked about."""

LAST_NIGHT = timedelta(hours=6)
"""So shortly before, a time that has not come yet today was yesterday's."""

RECENT = timedelta(days=14)
"""So long ago a bare day of the month may lie."""

_EVENING = ("午後", "昼", "お昼", "夕", "夕方", "夜", "晩", "pm")
_MORNING = ("午前", "早朝", "明け方", "未明", "朝", "am")
_NIGHT = ("夜", "晩", "深夜", "夜中", "真夜中", "last night")

_PART = r"午前|午後|早朝|明け方|未明|真夜中|夜中|深夜|夕方|お昼|朝|昼|夕|夜|晩"
_CLOCK = re.compile(
    rf"(?:(?P<part>{_PART}|[ap]\.?m\.?(?=\s*\d))\s*の?\s*)?"
    r"(?:(?P<noon>正午|noon\b)|(?P<h>\d{1,2})(?:\s*:\s*(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"|\s*(?P<hour>時)(?!間)\s*(?:(?P<thirty>半)|(?P<min>[0-5]?\d)\s*分)?|(?=\s*[ap]\.?m\b)))(?:\s*(?P<after>[ap]\.?m\b\.?))?",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    rf"{_PART}|今夜|今晩|昨夜|昨晩|ゆうべ|今朝|けさ|\b(?:morning|afternoon|evening|night|noon|midnight)\b",
    re.IGNORECASE,
)
_AGO_HOURS = re.compile(
    r"\d\s*(?:時間|分)\s*(?:ほど|くらい|ぐらい)?\s*前|\d\s*(?:hours?|min(?:ute)?s?)\s+ago", re.IGNORECASE
)
_BARE = re.compile(r"(?P<h>\d{1,2})(?![\d:.,/]|\s*[ap]\.?m)\b", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:ごろ|頃|ころ|くらい|ぐらい|過ぎ|すぎ)?\s*(?:に|、|,)?\s*")
_BEFORE = re.compile(r"\s*(?:ちょっと|少し|より)?\s*(?:以?前)")

_TO_COME = re.compile(
    r"(?:(?<!てい)(?<!でい)(?<!てお)ます|[来く]る|する|もらう|いただく|予定|つもり|見込み|そう|お願いします)(?:です)?[。.!)\s]*$"
    r"|\b(?:will|going to|is due)\b",
    re.IGNORECASE,
)
"""How it is written that something is still to come."""

_SOON_BY_NAME = re.compile(
    r"^\s*(?:まで|から|以降|より|締|〆)|折り?返し(?!(?:が|も)?あ[っり]|(?:が|も)?来|がき|を?受)|(?:予定|約束|待ち|見込み|予約)(?:です)?[。.!)\s]*$"
    r"|\b(?:call|ring|be|come)s? back\b|\bby\b",
    re.IGNORECASE,
)
"""What by its name is to come, where it stands with a time ahead: a call back, an appointment, until when."""

_TIME_ALONE = re.compile(
    r"[\s、,。.]*(?:ごろ|頃|ころ|くらい|ぐらい|過ぎ|すぎ)?(?:に|です|でした|だった|だと思います)?[\s。.]*"
)

_HAPPENED = re.compile(
    r"(?:た|んだ|済み?|完了|開始|発生|終了|なし|あり|ている|てる|でいる|ない|ません)"
    r"(?:です|そうです|との(?:こと|連絡)(?:です)?|ようです)?[。.!)\s]*$|[a-z]ed\b|\b(?:is|are|was|were|has|have|went|came|saw|took|got|found|put|cut|told|said|rang|(?:arrive|call|say|ask|leave|report|notice|see|find|start|stop)s)\b",
    re.IGNORECASE,
)
"""How it is written that something has happened, or how things are: then a clock that runs ahead wrote its time."""

DAYTIME, SMALL_HOURS = 7, range(1, 6)
"""From this hour on, a bare one of the small hours is as likely the afternoon's, be it the day before's."""

_AGO = re.compile(
    r"(?:約|およそ|about\s+)?(?:(?:(?P<h>\d{1,3})\s*(?:時間|h(?:ours?)?\b)|(?P<an>an?\s+hour))\s*(?P<half>半)?)?"
    r"\s*(?:(?P<n>\d{1,3})\s*(?:分|min(?:ute)?s?\b))?\s*(?:ほど|くらい|ぐらい)?\s*(?:前|ago)(?:に|、|,)?\s*",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:(?P<h>\d{1,3})\s*(?:時間|h(?:ours?)?\b)(?P<half>半)?)?(?:(?P<n>\d{1,3})\s*(?:分|min(?:ute)?s?\b))?"
    r"\s*(?:ほど|くらい|ぐらい)?\s*(?:以内|後|のうち|で)"
    r"|\b(?:with)?in (?P<n2>\d{1,3}) (?P<unit2>min(?:utes?)?|h(?:ours?)?)",
    re.IGNORECASE,
)

_WEEKDAY = r"(?:\s*\((?P<on>[月火水木金土日])(?:曜日?)?\))?"
_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_SAID_DAYS = (
    "一昨日|おととい|昨日|きのう|昨夜|昨晩|ゆうべ|今朝|けさ|今日|きょう|本日|今夜|今晩|明日|あした|明後日|あさって|the day before yesterday"
    "|yesterday|last night|this (?:morning|afternoon|evening)|today|tonight|the day after tomorrow|tomorrow"
)
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?P<era>{'|'.join(ERAS)})\s*(?P<eraYear>\d{{1,2}}|元)|(?P<year>\d{{4}}))\s*[年/.-]\s*(?P<month>\d{{1,2}})\s*[月/.-]\s*(?P<day>\d{{1,2}})(?!\d)\s*日?{_WEEKDAY}",
        rf"(?:on\s+)?{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(?P<year>\d{{4}})(?![\d:]))?",
        rf"(?:on\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+(?P<year>\d{{4}})(?![\d:]))?",
        rf"(?P<month>\d{{1,2}})\s*[/月]\s*(?P<day>\d{{1,2}})(?!\d)(?:日|(?=[\s(のに、,]|$)){_WEEKDAY}",
        rf"(?P<day>\d{{1,2}})日(?![間前後目分]){_WEEKDAY}",
        r"(?P<ago>\d{1,2})\s*(?:日前|days? ago)",
        rf"(?P<word>{_SAID_DAYS})(?:\s+(?P<then>morning|afternoon|evening|night))?",
        r"(?P<week>先週|今週|last\s+|this\s+|on\s+)?の?(?:(?P<weekday>[月火水木金土日])曜日?|(?P<named>mon|tues|wednes|thurs|fri|satur|sun)day)",
    )
)
_TRAILING = re.compile(
    r"\s*,?\s*(?P<word>yesterday|last night|this (?:morning|afternoon|evening)|today|tonight|tomorrow)\b,?\s*",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:(?:の|に|は|、|,|T(?=\d)|\bat\b|\baround\b|\babout\b)\s*)*", re.IGNORECASE)

_WORDS: dict[str, tuple[int, str]] = {
    "一昨日": (-2, ""),
    "おととい": (-2, ""),
    "the day before yesterday": (-2, ""),
    "昨日": (-1, ""),
    "きのう": (-1, ""),
    "yesterday": (-1, ""),
    "昨夜": (-1, "last night"),
    "昨晩": (-1, "last night"),
    "ゆうべ": (-1, "last night"),
    "last night": (-1, "last night"),
    "今朝": (0, "朝"),
    "けさ": (0, "朝"),
    "this morning": (0, "朝"),
    "this afternoon": (0, "午後"),
    "this evening": (0, "夕方"),
    "今日": (0, ""),
    "きょう": (0, ""),
    "本日": (0, ""),
    "today": (0, ""),
    "今夜": (0, "夜"),
    "今晩": (0, "夜"),
    "tonight": (0, "夜"),
    "明日": (1, ""),
    "あした": (1, ""),
    "tomorrow": (1, ""),
    "明後日": (2, ""),
    "あさって": (2, ""),
    "the day after tomorrow": (2, ""),
}
_THEN = {"morning": "朝", "afternoon": "午後", "evening": "夕方", "night": "last night"}
_WEEKDAYS = ("月mon", "火tue", "水wed", "木thu", "金fri", "土sat", "日sun")


@frozen
class Told:
    """A time at the start of a text: when it was (None where that is not sure: ``doubt``), what was read, and the rest.

    ``day`` is the day that was named, where that is sure.
    """

    at: datetime | None
    sign: str
    rest: str
    doubt: Doubt = ""
    day: date | None = None


@frozen
class _Day:
    """A day as it was written: the day before and the next one that it may mean, or only one of them."""

    past: date | None
    ahead: date | None = None
    part: str = ""
    sure: bool = True
    named: bool = True
    says_today: bool = False


@frozen
class _Hour:
    """A time of the day as it was written; hours from 24 on belong to the next day."""

    hour: int
    minute: int
    doubt: Doubt = ""
    either: bool = False


def told_time(text: str, now: datetime) -> Told | None:
    """Read the time at the start of a text; None if it begins with none.

    ``now`` is aware and in the facility's zone. What nobody said when it was is the day of ``now``, or the night before if
    that is shortly ago; a time up to an hour ahead is today's. What lies further ahead, or may be on another day or in the
    other half of it, has no time and a ``doubt``.
    """
    plain = in_digits(straight(text)).lstrip()
    if (ago := _AGO.match(plain)) and (ago["h"] or ago["an"] or ago["n"]):
        return Told(now - _length(ago), ago[0].strip(), plain[ago.end() :])
    read = _read(plain, now)
    if read is None:
        return None
    day, hour, end = read
    sign, rest = plain[:end].strip(), plain[end:]
    at, doubt = _past(day, hour, now)
    if hour is not None and day is None and _is_to_come(rest, at, now, either=hour.either):
        at, doubt = None, "ahead"
    behind = _BEHIND.match(rest)
    if hour is not None and (before := _BEFORE.match(rest)):
        at, doubt, sign, rest = None, "clock", f"{sign}{before[0]}", rest[before.end() :]
    named = day.past if day is not None and day.sure else None
    return Told(None if doubt else at, sign, rest[behind.end() :] if behind else rest, doubt, named)


def _is_to_come(said: str, at: datetime | None, now: datetime, *, either: bool) -> bool:
    """Say whether what stands behind a time is still to come: then that is no time of something that happened, however soon."""
    if _TO_COME.search(said) and (at is None or at > now or either):
        return True
    if at is None or at <= now or _TIME_ALONE.fullmatch(said):
        return False
    return bool(_SOON_BY_NAME.search(said)) or at - now > (RUNS_AHEAD if _HAPPENED.search(said) else CLOCKS_DIFFER)


def leading_time(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the time at the start of a text: (when, the rest), or None if it begins with none that is sure."""
    told = told_time(text, now)
    return (told.at, told.rest) if told is not None and told.at is not None else None


def later_time(text: str, now: datetime) -> datetime | None:
    """Find a promised time anywhere in a text (「10:30までに折り返し」, 「30分以内」, 「明日の9時」); None if there is none.

    A clock time without a day means the next moment with that reading; between one and six, the afternoon's.
    """
    plain = in_digits(straight(text))
    for ahead in _AHEAD.finditer(plain):
        if ahead["n2"]:
            return now + timedelta(minutes=max(1, int(ahead["n2"]) * (60 if ahead["unit2"][0] in "hH" else 1)))
        if ahead["h"] or ahead["n"]:
            return now + max(_length(ahead), timedelta(minutes=1))
    return next((at for at, _ in _clocks(plain, now) if at is not None), None)


_COMING = re.compile(
    r"(?P<sure>(?:再来週|来週|翌週|来月)の?(?:[月火水木金土日]曜日?)?|(?:明日|あした|明後日|あさって|翌日)の?(?:朝|昼|夕方|午前中?|午後)?"
    r"|\bnext (?:week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\btomorrow(?: morning| afternoon| evening)?\b)|\btonight\b"
    r"|(?:お昼|昼過ぎ|昼|正午|夕方|(?<![昨前毎日今])夜|今夜|今晩|午後)(?:ごろ|頃|一番)?(?=に|まで|から|には|の予定)"
    r"|\b(?:at|by|around) noon\b|\bthis (?:afternoon|evening)\b",
    re.IGNORECASE,
)
"""What names a time to come without a clock, or on a day of the next week."""

_WAS_PLANNED = re.compile(
    r"(?:予定|見込み|約束|つもり)(?:だった|でした)|\b(?:was|were) (?:due|scheduled|planned|expected)\b", re.IGNORECASE
)
"""How it is written that something was to come, and is over."""

_PLANNED = re.compile(
    r"\b(?:comes?|coming|arrives?|opens?|starts?|returns?|back (?:at|by|in|on|around)|expected|scheduled|planned|due|until|by)\b",
    re.IGNORECASE,
)
"""How English writes of what is to come as if it were now."""


def time_ahead(text: str, now: datetime) -> str:
    """Name the time that a text tells of something to come (「30分後に復旧予定」「お昼に戻ります」, "back at 3pm"); empty for none.

    A text that tells what has happened holds none, whatever times it names.
    """
    plain = in_digits(straight(text)).strip()
    to_come = _TO_COME.search(plain) or _SOON_BY_NAME.search(plain) or _PLANNED.search(plain)
    coming = _COMING.search(plain)
    happened = _HAPPENED.search(plain) and not _TO_COME.search(plain) and not (coming is not None and coming["sure"])
    if not to_come or happened or _WAS_PLANNED.search(plain):
        return ""
    lengths = (found for found in _AHEAD.finditer(plain) if found["h"] or found["n"] or found["n2"])
    if (named := next(lengths, coming)) is not None:
        return named[0].strip()
    return next((sign for at, sign in _clocks(plain, now) if at is not None), "")


def _clocks(plain: str, now: datetime) -> Iterator[tuple[datetime | None, str]]:
    """Give each time by the clock in a text as one to come, and how it is written."""
    for start in range(len(plain)):
        if start and plain[start - 1].isdigit():
            continue
        read = _read(plain[start:], now)
        if read is not None and read[1] is not None:
            yield _future(read[0], read[1], now), plain[start : start + read[2]].strip()


def names_hour(text: str) -> bool:
    """Say whether a text names a time of the day anywhere: by the clock (「9時ごろ」), or a part of the day (「未明」, "at night")."""
    plain = in_digits(straight(text))
    return bool(_CLOCK.search(plain) or _PART_OF_DAY.search(plain) or _AGO_HOURS.search(plain))


_SPAN = re.compile(
    r"(?:あと|約|for (?:about |another )?)?(?:(?P<h>\d{1,2}|an)\s*(?:時間|hours?|hrs?)(?P<half>半)?|(?P<n>\d{1,3})\s*(?:分|minutes?|mins?))"
    r"(?:間)?(?:ほど|くらい|ぐらい|ばかり|は|の)?",
    re.IGNORECASE,
)
_NOON = re.compile(r"(?:お昼|昼|正午)(?:まで|に)|\b(?:until|till|by) noon\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:午前|午後)?\d{1,2}\s*(?::\d\d|時(?:\d{1,2}分|半)?)\s*(?:ごろ|頃)?\s*(?:まで(?:に|は)?|には?(?=[^、。]{0,6}(?:戻|もど|帰|着)))"
    r"|\b(?:until|till|back (?:at|by|around)) \d{1,2}(?::\d\d)?(?: ?[ap]m)?",
    re.IGNORECASE,
)


def until_time(text: str, now: datetime) -> tuple[datetime | None, str]:
    """Read until when somebody says that something holds (「11時まで」「2時間」, "until 11"): the time, None for none, and the rest."""
    plain = in_digits(straight(text))
    if noon := _NOON.search(plain):
        at = now.replace(hour=12, minute=0, second=0, microsecond=0)
        return (at if at > now else None), plain.replace(noon[0], "")
    if named := _UNTIL.search(plain):
        clock = re.sub(r"[^\d:時分半ap午前後m]", "", re.sub(r"[a-z]{3,}", "", named[0]))
        clock = f"{clock}:00" if clock.isdigit() else clock
        return later_time(clock, now), plain.replace(named[0], "")
    if span := _SPAN.search(plain):
        hours = 1 if span["h"] == "an" else int(span["h"] or 0)
        length = timedelta(hours=hours, minutes=30 * bool(span["half"]) + int(span["n"] or 0))
        return now + length, plain.replace(span[0], "")
    return None, text


def _length(found: re.Match[str]) -> timedelta:
    parts = found.groupdict()
    hours = int(parts["h"] or bool(parts.get("an")))
    return timedelta(hours=hours, minutes=30 * bool(parts.get("half")) + int(parts["n"] or 0))


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────────


def _read(plain: str, now: datetime) -> tuple[_Day | None, _Hour | None, int] | None:
    """Read a day and a time of the day, either or both, at the start of a text; and how far they go."""
    found = next((match for pattern in _DAYS if (match := pattern.match(plain))), None)
    day = _day(found, now) if found else None
    end = found.end() if found else 0
    link = _LINK.match(plain, end)
    start = link.end() if link and found else end
    clock = _CLOCK.match(plain, start)
    if clock is None and found and re.search(r"\bat\b", plain[end:start], re.IGNORECASE):
        clock = _BARE.match(plain, start)
    if clock is None:
        return _only_a_day(plain, day, end) if day is not None else None
    if found is None and (trailing := _TRAILING.match(plain, clock.end())):
        day = _day(trailing, now)
        hour = _hour(clock, day)
        return (day, hour, trailing.end()) if hour is not None else None
    hour = _hour(clock, day)
    return (day, hour, clock.end()) if hour is not None else None


def _only_a_day(plain: str, day: _Day, end: int) -> tuple[_Day, None, int] | None:
    """Give a day that names no time, if it is one that people name for what happened on it: today needs no naming."""
    part = re.compile(rf"\s*の?\s*(?:{_PART})").match(plain, end)
    if part is None and (not day.named or (day.says_today and not day.part)):
        return None
    return day, None, part.end() if part else end


def _day(found: re.Match[str], now: datetime) -> _Day:
    parts, today = found.groupdict(), now.date()
    if word := parts.get("word"):
        apart, part = _WORDS[" ".join(word.casefold().split())]
        day = today + timedelta(days=apart)
        part = _THEN.get((parts.get("then") or "").casefold(), part)
        return _Day(day, day, part, says_today=apart == 0)
    if parts.get("ago"):
        day = today - timedelta(days=int(parts["ago"]))
        return _Day(day, day)
    if parts.get("weekday") or parts.get("named"):
        return _weekday(parts, today)
    return _calendar(parts, today)


def _weekday(parts: dict[str, str | None], today: date) -> _Day:
    sign = (parts.get("weekday") or parts.get("named") or "").casefold()[:3]
    number = next(place for place, names in enumerate(_WEEKDAYS) if sign in (names[0], names[1:]))
    week = (parts.get("week") or "").strip().casefold()
    if week in ("先週", "今週"):
        monday = today - timedelta(days=today.weekday() + 7 * (week == "先週"))
        day = monday + timedelta(days=number)
        return _Day(day, day, sure=today.weekday() < 6)  # on a Sunday, this week began yesterday or six days ago
    back = (today.weekday() - number) % 7
    if week in ("last", "this") or back == 0:
        return _Day(today - timedelta(days=back or 7), sure=False)
    return _nearer(today - timedelta(days=back), today + timedelta(days=7 - back), today)


def _calendar(parts: dict[str, Any], today: date) -> _Day:
    name = (parts.get("name") or "").casefold()
    month = MONTHS.index(name) + 1 if name else int(parts.get("month") or 0) or None
    number = int(parts["day"])
    if parts.get("year") or parts.get("era"):
        era = next((first for key, first in ERAS.items() if key.upper() == (parts.get("era") or "").upper()), None)
        of_era: Any = parts.get("eraYear")
        year = int(parts["year"]) if era is None else era + (1 if of_era == "元" else int(of_era))
        day = _date(year, month, number)
        return _checked(_Day(day, day, sure=day is not None), parts)
    if month is None:
        months = [(today.year * 12 + today.month - 1 + apart) for apart in (-1, 0, 1)]
        days = [_date(m // 12, m % 12 + 1, number) for m in months]
        found = _checked(_nearest(days, today), parts)
        far = found.past is not None and found.ahead is None and today - found.past > RECENT
        return _Day(found.past, found.ahead, sure=found.sure and not far, named=False)
    return _checked(_nearest([_date(today.year + apart, month, number) for apart in (-1, 0, 1)], today), parts)


def _date(year: int, month: int | None, day: int) -> date | None:
    try:
        return date(year, month or 0, day)
    except ValueError:
        return None


def _nearest(days: list[date | None], today: date) -> _Day:
    """Give the nearest of some days, as one that was or one that is to come."""
    past = max((day for day in days if day is not None and day <= today), default=None)
    ahead = min((day for day in days if day is not None and day > today), default=None)
    if past is None and (ahead is None or ahead - today > timedelta(days=200)):
        return _Day(None, ahead, sure=False)
    return _nearer(past, ahead, today)


def _nearer(past: date | None, ahead: date | None, today: date) -> _Day:
    if past is None or (ahead is not None and ahead - today < today - past):
        return _Day(None, ahead)
    return _Day(past)


def _checked(day: _Day, parts: dict[str, str | None]) -> _Day:
    """Hold a day against the weekday that stands beside it."""
    on, named = parts.get("on"), day.past or day.ahead
    if on and named is not None and _WEEKDAYS[named.weekday()][0] != on:
        return _Day(day.past, day.ahead, sure=False)
    return day


def _hour(clock: re.Match[str], day: _Day | None) -> _Hour | None:
    parts = clock.groupdict()
    part = (parts.get("part") or parts.get("after") or "").casefold().replace(".", "") or (day.part if day else "")
    if parts.get("noon"):
        return _Hour(12, 0)
    hour, minute = int(parts["h"]), 30 if parts.get("thirty") else int(parts.get("m") or parts.get("min") or 0)
    if hour > 29:
        return None
    if part in _NIGHT and (hour < 5 or hour == 12) and day is not None and not day.says_today:
        return _Hour(hour, minute, doubt="day")  # of that night, or of the one before?
    if part == "last night" and 12 < hour < 17:
        return _Hour(hour, minute, doubt="clock")
    if part in ("深夜", "夜中", "真夜中") and 9 < hour < 12:
        return _Hour(hour + 12, minute)
    if part in ("夜", "晩") and hour < 5:
        return _Hour(hour, minute, doubt="day")
    if part in ("夜", "晩") and hour == 12:
        return _Hour(24, minute)
    if part in (*_EVENING, "last night") and hour < 12:
        return _Hour(hour + 12 * (not (part in ("昼", "お昼") and hour > 9)), minute)
    if part in _MORNING and hour >= 12:
        return _Hour(0, minute) if part in ("am", "午前") and hour == 12 else _Hour(hour, minute, doubt="clock")
    padded = re.fullmatch(r"0\d", parts["h"]) is not None
    colon = parts.get("m") is not None
    return _Hour(hour, minute, either=not part and not padded and (1 <= hour <= 6 if colon else 1 <= hour <= 11))


# ── what it means ───────────────────────────────────────────────────────────────────────────────────────────────────


def _moment(day: date, hour: _Hour, now: datetime) -> datetime:
    whole = day + timedelta(days=hour.hour // 24)
    return now.replace(
        year=whole.year,
        month=whole.month,
        day=whole.day,
        hour=hour.hour % 24,
        minute=hour.minute,
        second=0,
        microsecond=0,
    )


def _past(day: _Day | None, hour: _Hour | None, now: datetime) -> tuple[datetime | None, Doubt]:
    if day is not None:
        if not day.sure:
            return None, "day"
        if day.past is None or day.past > now.date():
            return None, "ahead" if hour is not None else "day"
        if hour is None:
            return None, "clock"
        if hour.doubt:
            return None, hour.doubt
        at = _moment(day.past, hour, now)
        if at > now + SOON:
            return None, "clock" if day.part == "朝" else "ahead"
        return at, "half" if hour.either and _or_later(day.past, hour, now) else ""
    if hour is None or hour.doubt:
        return None, hour.doubt if hour else "clock"
    return _past_of_today(hour, now)


def _or_later(day: date, hour: _Hour, now: datetime) -> bool:
    """Say whether twelve hours later is past, too: then either may be meant."""
    return _moment(day, _Hour(hour.hour + 12, hour.minute), now) <= now + timedelta(minutes=5)


def _past_of_today(hour: _Hour, now: datetime) -> tuple[datetime | None, Doubt]:
    today, yesterday = now.date(), now.date() - timedelta(days=1)
    at = _moment(yesterday if hour.hour >= 24 else today, hour, now)
    if hour.hour >= 24:
        return at, "" if timedelta(0) <= now - at <= LAST_NIGHT else "day"
    if at <= now + SOON:
        small = now.hour >= DAYTIME and hour.hour in SMALL_HOURS
        return at, "half" if hour.either and (small or _or_later(today, hour, now)) else ""
    before = _moment(yesterday, hour, now)
    if now - before <= LAST_NIGHT:
        return before, ""
    return None, "ahead" if at - now < now - before else "day"


def _future(day: _Day | None, hour: _Hour, now: datetime) -> datetime | None:
    afternoon = _Hour(hour.hour + 12, hour.minute) if hour.either and hour.hour <= 6 else hour
    if day is not None:
        named = day.ahead or day.past
        at = _moment(named, afternoon, now) if named is not None else None
        return at if at is not None and at > now else None
    at = _moment(now.date(), afternoon, now)
    return at if at > now else at + timedelta(days=1)
