"""The time that people write: 「9:10」, 「9時半」, 「午後3時5分」, "9:10 am", 「10分前」."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

_CLOCK = re.compile(
    r"^\s*(?P<half>午前|午後|am|pm)?\s*(?P<h>[0-2]?\d)\s*(?:[::時](?P<m>[0-5]?\d|半)?(?!\d)\s*分?)\s*(?P<after>am|pm)?(?:ごろ|頃|に|、|,)?\s*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^\s*(?P<n>\d{1,3})\s*(?P<unit>分|時間|min(?:utes?)?|h(?:ours?)?)\s*(?:ほど|くらい|ぐらい)?\s*(?:前|ago)(?:に|、|,)?\s*",
    re.IGNORECASE,
)


_DAY = re.compile(
    r"^\s*(?:(?P<word>昨日|きのう|一昨日|おととい|yesterday)|(?P<month>\d{1,2})[/月](?P<day>\d{1,2})日?)\s*の?\s*",
    re.IGNORECASE,
)
_DAYS_AGO = {"昨日": 1, "きのう": 1, "yesterday": 1, "一昨日": 2, "おととい": 2}


_AHEAD = re.compile(
    r"(?P<n>\d{1,3})\s*(?P<unit>分|時間|min(?:utes?)?|h(?:ours?)?)\s*(?:ほど|くらい|ぐらい)?\s*(?:以内|後|のうち|で)"
    r"|\b(?:with)?in (?P<n2>\d{1,3}) (?P<unit2>min(?:utes?)?|h(?:ours?)?)",
    re.IGNORECASE,
)
_DAYS_AHEAD = {"明日": 1, "あした": 1, "tomorrow": 1, "明後日": 2, "あさって": 2}


def _on_day(dated: re.Match[str], rest: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the clock time after a day; the latest such day that isn't in the future."""
    try:
        if dated["word"]:
            day = now - timedelta(days=_DAYS_AGO[dated["word"].lower()])
        else:
            day = now.replace(day=1).replace(month=int(dated["month"]), day=int(dated["day"]))
            day = day.replace(year=now.year - 1) if day.date() > now.date() else day
    except ValueError:
        return None
    end_of_day = day.replace(hour=23, minute=59, second=59)
    read = leading_time(rest, end_of_day)
    return read if read and read[0].date() == day.date() and read[0] <= now else None


def leading_time(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the time at the start of a text: (when, the rest), or None if it begins with none.

    ``now`` is aware and in the facility's zone. A clock time means the latest moment with that reading that isn't in
    the future: at 00:20, 「23:50」 was yesterday.
    """
    plain = unicodedata.normalize("NFKC", text)
    if dated := _DAY.match(plain):
        return _on_day(dated, plain[dated.end() :], now)
    if ago := _AGO.match(plain):
        length = int(ago["n"]) * (60 if ago["unit"][0] in "時h" else 1)
        return now - timedelta(minutes=length), plain[ago.end() :]
    found = _CLOCK.match(plain)
    if not found:
        return None
    hour, minute = int(found["h"]), 30 if found["m"] == "半" else int(found["m"] or 0)
    half = (found["half"] or found["after"] or "").lower()
    if half in ("午後", "pm") and hour < 12:
        hour += 12
    if half in ("午前", "am") and hour == 12:
        hour = 0
    if hour > 23:
        return None
    when = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if when > now:
        when -= timedelta(days=1)
    return when, plain[found.end() :]


def later_time(text: str, now: datetime) -> datetime | None:
    """Find a promised time anywhere in a text (「10:30までに折り返し」, 「30分以内」, 「明日の9時」); None if there is none.

    A clock time without a day means the next moment with that reading.
    """
    plain = unicodedata.normalize("NFKC", text)
    if ahead := _AHEAD.search(plain):
        number, unit = ahead["n"] or ahead["n2"], (ahead["unit"] or ahead["unit2"]).lower()
        return now + timedelta(minutes=max(1, int(number) * (60 if unit[0] in "時h" else 1)))
    days = next((days for word, days in _DAYS_AHEAD.items() if word in plain.lower()), 0)
    for start in range(len(plain)):
        if start and (plain[start - 1].isdigit() or not (plain[start].isdigit() or plain[start] in "午aApP")):
            continue
        if read := leading_time(plain[start:], now):
            when = read[0]
            if days:
                return datetime.combine(now.date() + timedelta(days=days), when.timetz())
            return when + timedelta(days=1) if when <= now else when
    return None
