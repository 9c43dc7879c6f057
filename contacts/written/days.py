"""Days as people write them: 2026/11/23, 2026年11月23日, R8.11.23, 令和8年11月23日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from contacts.phrasing import say
from contacts.written.mistakes import Unreadable

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

_WRITTEN = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})?\s*(?P<year>\d{{1,4}}|元)\s*[年/.-]\s*(?P<month>\d{{1,2}})\s*[月/.-]\s*(?P<day>\d{{1,2}})\s*日?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\s*\([月火水木金土日](?:曜日?)?\)$")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")


def read_day(written: str | date) -> date:
    """Read a day; Unreadable if it is none, has no year, or is in no calendar. Full-width signs are understood."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    text = _WEEKDAY.sub("", unicodedata.normalize("NFKC", written).strip())
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        raise Unreadable(say("written.unreadable_day", written=written))
    parts = found.groupdict()
    era = parts.get("era")
    year = 1 if parts["year"] == "元" else int(parts["year"])
    if era is not None:
        year += ERAS[era.upper()] if year >= 1 else -year
    elif year < 1900:
        raise Unreadable(say("written.no_year", written=written))
    try:
        return date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise Unreadable(say("written.no_such_day", written=written)) from None
