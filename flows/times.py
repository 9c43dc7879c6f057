"""The time that people write: 「9:10」, 「9時半」, 「午後3時5分」, "9:10 am", 「10分前」."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

_CLOCK = re.compile(
    r"^\s*(?P<half>午前|午後|am|pm)?\s*(?P<h>[0-2]?\d)\s*(?:[::時](?P<m>[0-5]?\d|半)?\s*分?)\s*(?P<after>am|pm)?(?:ごろ|頃|に|、|,)?\s*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^\s*(?P<n>\d{1,3})\s*(?P<unit>分|時間|min(?:utes?)?|h(?:ours?)?)\s*(?:ほど|くらい|ぐらい)?\s*(?:前|ago)(?:に|、|,)?\s*",
    re.IGNORECASE,
)


def leading_time(text: str, now: datetime) -> tuple[datetime, str] | None:
    """Read the time at the start of a text: (when, the rest), or None if it begins with none.

    ``now`` is aware and in the facility's zone. A clock time means the latest moment with that reading that isn't in
    the future: at 00:20, 「23:50」 was yesterday.
    """
    plain = unicodedata.normalize("NFKC", text)
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
    """Find a promised time anywhere in a text (「10:30までに折り返し」): the next moment with that reading; None if there is none."""
    plain = unicodedata.normalize("NFKC", text)
    for start in range(len(plain)):
        if start and (plain[start - 1].isdigit() or not (plain[start].isdigit() or plain[start] in "午aApP")):
            continue
        if read := leading_time(plain[start:], now):
            when = read[0]
            return when + timedelta(days=1) if when <= now else when
    return None
