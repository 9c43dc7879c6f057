"""The words in which hours of a week are written, each sign of the text used, and what one word means by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from contacts.phrasing import say
from contacts.shapes.hours import WEEKDAYS, WEEKS, Week
from contacts.written.mistakes import Unreadable
from playbooks.frozen import frozen

NOON, DAY = 12 * 60, 24 * 60

HOLIDAY = "holiday"
TELLS = "は"
"""Before a half of a day: 「土は午前」 says when it is open; 「土午前」 may have lost its 「休み」."""
ALL_DAYS = (*WEEKDAYS, HOLIDAY)
_INITIALS = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_GROUPS = {"平日": WEEKDAYS[:5], "week": WEEKDAYS[:5], "週末": WEEKDAYS[5:], "毎日": WEEKDAYS, "全日": WEEKDAYS}

_TIME = (
    r"(?P<half>午前中?の?|午後の?|夜の?|夕方の?|早朝の?|朝の?|昼の?|深夜の?|[ap]\.?m\.?(?![a-z]))?\s*(?P<next>翌日?の?)?\s*"
    r"(?:(?P<four>\d{4})(?!\d)|(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})|(?P<hour>時)(?:(?P<thirty>半)|(?P<min>\d{1,2})分?)?)?(?!\d))"
    r"(?:\s*(?P<after>[ap]\.?m\b\.?))?|(?P<noon>正午|\bnoon\b)|(?P<mid>\bmidnight\b)"
)
_NTH = r"[\d一二三四五]"
_WEEKS = (
    rf"(?:毎月)?第\s*{_NTH}(?:\s*(?:[・、,と&]\s*第?|第)\s*{_NTH}(?!\d|[:.時]|\s*[-~]))*(?P<calendar>週)?"
    r"|\b[1-5](?:st|nd|rd|th)(?:\s*(?:,|&|and|,\s*and)?\s*[1-5](?:st|nd|rd|th))*\b"
    r"|(?P<unsaid>隔週|月に?\d回|every other|alternate)"
)
_TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("space", r"[^\S\n]+"),
        ("nth", _WEEKS),
        ("always", r"24時間(?:対応|営業|受付|体制)?|24/7|\b24h\b|\balways\b"),
        ("year", r"365日|年中無休|無休"),
        ("group", r"平日|週末|毎日|全日|\bweekdays?\b|\bweekends?\b|\bevery ?day\b|\bdaily\b"),
        ("holiday", r"国?民?の?(?:祝祭日|祝日|祭日|祝)|\b(?:public |national )?holidays?\b"),
        (
            "label",
            r"(?:診療|診察|受付|営業|開局|開院|窓口|対応|電話)(?:時間帯?)?|時間帯|\bhours\b|\bopen(?:ing hours)?\b",
        ),
        (
            "closed",
            r"(?:急患|救急|往診|予約|訪問)(?:対応|患者)?の?(?:み|だけ)|お?休み|休診日?|休業日?|定休日?|休(?![日診業館憩暇み])|閉局|閉院|全休|\bclosed\b|\boff\b",
        ),
        ("except", r"を?(?:除く|除き|のぞく)|以外(?:の日)?|\bexcept(?: for| on)?\b|\bexcluding\b"),
        ("break", r"お?昼休み?|休憩(?:時間)?|\blunch(?: ?break)?\b|\bbreak\b"),
        ("but", r"ただし|但し|※|\*|\bbut\b"),
        (
            "day",
            r"[月火水木金土日](?:曜日?)?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?",
        ),
        ("time", _TIME),
        ("half", r"午前|午後|[ap]\.?m\b\.?"),
        ("to", r"[-~]|から|\b(?:to|through)\b"),
        ("until", r"まで"),
        ("only", r"のみ|だけ|\bonly\b"),
        ("open", r"[(\[【〔{]"),
        ("close", r"[)\]】〕}]"),
        ("join", r"[、,;\n・/と&+。]|および|及び|\band\b"),
        ("particle", r"です|毎週の?|[はのも:に]|\b(?:at|on|from)\b"),
    )
)
_STRONG = frozenset({"space", "group", "holiday", "day", "time", "open", "close", "always", "year"})
_NUMERALS = {sign: value for value, sign in enumerate("一二三四五", start=1)}
_PM = ("午後", "夜", "夕方", "昼")


@frozen
class Token:
    """A word of the text that means something here."""

    kind: str
    text: str
    parts: dict[str, str | None] = field(default_factory=dict, compare=False)


def tokens(written: str, text: str) -> list[Token]:
    """Give the words of a text, spaces included; Unreadable names the first sign that means nothing."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        one = _token(text, place)
        if one is None:
            end = place + 1
            while end < len(text) and text[end - 1 : end + 1].isdigit():
                end += 1
            while end < len(text) and text[end] not in "、,;\n・/" and (_kind(text, end) not in _STRONG):
                end += 1
            raise unread(written, text[place:end])
        found.append(one)
        place += len(one.text)
    return found


def _token(text: str, place: int) -> Token | None:
    for kind, pattern in _TOKENS:
        if match := pattern.match(text, place):
            return Token(kind, match[0], match.groupdict())
    return None


def _kind(text: str, place: int) -> str:
    one = _token(text, place)
    return one.kind if one is not None else ""


def unread(written: str, sign: str) -> Unreadable:
    """Name the sign of a text that can't be read, or not be held."""
    return Unreadable(say("written.unread_sign", written=written, sign=sign.strip() or sign))


def days_named(found: Sequence[Token], place: int) -> tuple[list[str], int]:
    """Give the days that the words from ``place`` name, and the place behind them: 月, 月–金, 平日, 祝日, 365日."""
    one = found[place]
    if one.kind == "holiday":
        return [HOLIDAY], place + 1
    if one.kind == "year":
        return list(ALL_DAYS), place + 1
    if one.kind == "group":
        key = one.text.casefold()
        named = _GROUPS.get(key) or (WEEKDAYS[5:] if "end" in key else WEEKDAYS[:5] if "week" in key else WEEKDAYS)
        return list(named), place + 1
    first = _weekday(one.text)
    to = skip(found, place + 1)
    last = skip(found, to + 1)
    if kind_at(found, to) == "to" and kind_at(found, last) == "day":
        a, b = WEEKDAYS.index(first), WEEKDAYS.index(_weekday(found[last].text))
        return list(WEEKDAYS[a : b + 1] if a <= b else (*WEEKDAYS[a:], *WEEKDAYS[: b + 1])), last + 1
    return [first], place + 1


def weeks_named(one: Token) -> tuple[Week, ...]:
    """Give the weeks of the month that a word means; none where it leaves open which (隔週) or counts weeks as calendars do."""
    numbers = [_NUMERALS.get(sign) or int(sign) for sign in re.findall(_NTH, one.text)]
    named = tuple(week for week in WEEKS if week in numbers)
    return named if len(named) == len(numbers) and not (one.parts["calendar"] or one.parts["unsaid"]) else ()


def _weekday(text: str) -> str:
    return _INITIALS.get(text[0]) or text[:3].casefold()


def clock(written: str, one: Token, *, ends: bool = False) -> int:
    """Give the minutes of a day that a time means; one that ``ends`` a stretch may lie after midnight."""
    parts = one.parts
    if parts.get("noon"):
        return NOON
    if parts.get("mid"):
        return DAY if ends else 0
    four = parts.get("four")
    hour = int(four[:2] if four else parts["h"] or 0)
    minute = int(four[2:]) if four else 30 if parts.get("thirty") else int(parts.get("m") or parts.get("min") or 0)
    half, said = half_of(one), parts.get("half") or ""
    if said.startswith("夜") and hour == 12:
        hour = 24
    elif half == "pm" and hour < 12 and not (said.startswith("昼") and hour > 10):
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if minute > 59 or hour > (29 if ends else 23) or (half and hour > 24):
        raise unread(written, one.text)
    return hour * 60 + minute


def half_of(one: Token) -> str:
    """Give the half of the day that a time is written with: am, pm or nothing."""
    said = (one.parts.get("half") or one.parts.get("after") or "").casefold()
    if not said:
        return ""
    return "pm" if said.startswith((*_PM, "p")) else "am"


def is_morning(half: str) -> bool:
    """Say whether a word for half a day means the morning."""
    return half.casefold().startswith(("午前", "a"))


def is_padded(one: Token) -> bool:
    """Say whether a time is written as clocks of 24 hours write it: 0900, 09:00."""
    return bool(one.parts.get("four")) or (
        (one.parts.get("h") or "").startswith("0") and len(one.parts["h"] or "") == 2
    )


def skip(found: Sequence[Token], place: int) -> int:
    """Give the next place, from ``place`` on, at which a word says something."""
    while kind_at(found, place) in ("space", "particle"):
        place += 1
    return place


def kind_at(found: Sequence[Token], place: int) -> str:
    """Give the kind of the word at a place, nothing behind the end."""
    return found[place].kind if place < len(found) else ""


def closing(found: Sequence[Token], place: int) -> int | None:
    """Give where the bracket closes that opened just before ``place``."""
    deep = 1
    for at in range(place, len(found)):
        deep += {"open": 1, "close": -1}.get(found[at].kind, 0)
        if deep == 0:
            return at
    return None
