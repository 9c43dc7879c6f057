"""Hours of a week as people write them, each sign of the text used: days, times, breaks, and when it is closed after all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from contacts.phrasing import say
from contacts.shapes.hours import WEEKDAYS
from contacts.written.mistakes import Unreadable
from contacts.written.signs import in_digits, straight

NOON, DAY = 12 * 60, 24 * 60

Stretch = tuple[int, int]
"""From and until, in minutes of a day; until after 24:00 means the next day."""

HOLIDAY = "holiday"
_ALL = (*WEEKDAYS, HOLIDAY)
_INITIALS = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_GROUPS = {"平日": WEEKDAYS[:5], "week": WEEKDAYS[:5], "週末": WEEKDAYS[5:], "毎日": WEEKDAYS, "全日": WEEKDAYS}

_TIME = (
    r"(?P<half>午前中?の?|午後の?|夜の?|夕方の?|早朝の?|朝の?|昼の?|深夜の?|[ap]\.?m\.?(?![a-z]))?\s*(?P<next>翌日?の?)?\s*"
    r"(?:(?P<four>\d{4})(?!\d)|(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})|(?P<hour>時)(?:(?P<thirty>半)|(?P<min>\d{1,2})分?)?)?(?!\d))"
    r"(?:\s*(?P<after>[ap]\.?m\b\.?))?|(?P<noon>正午|\bnoon\b)|(?P<mid>\bmidnight\b)"
)
_TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("space", r"[^\S\n]+"),
        (
            "nth",
            r"(?:毎月)?第\s*[\d一二三四五](?:\s*[・、,と]?\s*第?\s*[\d一二三四五](?!\d*[:時]))*週?|隔週|月に?\d回|every other|alternate",
        ),
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
_PM = ("午後", "夜", "夕方", "昼")
EVENING, EARLY = 8, 6
"""Hours: one before EVENING that comes after an earlier session is of the afternoon; one before EARLY alone may be either."""


@dataclass(frozen=True)
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


def read_week(written: str, *, days: tuple[str, ...] = ()) -> dict[str, list[Stretch]]:
    """Read hours; with ``days`` given, the times of those and no days beside. Unreadable names what is not understood."""
    text = in_digits(straight(written)).strip()
    reading = _Week(written, days)
    reading.clauses(tokens(written, text))
    return reading.whole()


class _Week:
    """What was read so far: times by day, days that are closed, breaks."""

    def __init__(self, written: str, given: tuple[str, ...]) -> None:
        self.written, self.given = written, given
        self.times: dict[str, list[Stretch]] = {}
        self.instead: dict[str, list[Stretch]] = {}
        self.closed: list[tuple[tuple[str, ...], str, str]] = []
        self.only_half: list[tuple[tuple[str, ...], str]] = []
        self.breaks: list[tuple[tuple[str, ...], Stretch, str]] = []
        self.orphans: list[Stretch] = []
        self.labels: set[str] = set()
        self.holiday_sign = ""

    # ── clause by clause ────────────────────────────────────────────────────────────────────────────────────────────

    def clauses(self, found: Sequence[Token], outer: tuple[str, ...] = (), *, instead: bool = False) -> tuple[str, ...]:
        """Take the words of one level of brackets; gives days that stand alone in them."""
        pending: list[str] = []  # days that wait for their times
        halves: list[tuple[tuple[str, ...], str]] = []  # halves of days that are told to be closed
        groups: list[int] = []  # where among them a new group begins
        current, prefix, named = outer, "", ""
        place, fresh, alone = 0, True, True
        while place < len(found):
            one = found[place]
            if one.kind in ("day", "group", "holiday", "year"):
                expression, place = self._days(found, place)
                if fresh:
                    groups.append(len(pending))
                pending += expression
                named, fresh = one.text, False
                continue
            place += 1
            fresh = fresh or one.kind in ("space", "open", "close")
            if one.kind in ("space", "join", "particle"):
                continue
            if one.kind == "only" and pending:
                continue
            if one.kind == "only" and halves:
                self.only_half += halves
                pending, groups, halves, alone = [], [], [], False
                continue
            alone = False
            if prefix and (pending or halves) and one.kind != "half":
                self._close(pending, halves, prefix)
                pending, groups, halves, prefix = [], [], [], ""
            if halves and one.kind not in ("half", "closed", "except"):
                raise unread(self.written, halves[0][1])
            if one.kind in ("time", "always"):
                if self.given and pending:
                    raise unread(self.written, named)
                whose = tuple(pending) or current or self.given
                if pending and self.orphans:
                    self._give(whose, self.orphans, instead=False)
                    self.orphans, whose = [], ()
                earlier = self.orphans if not whose else (self.instead if instead else self.times).get(whose[0], [])
                if pending and not instead:
                    earlier = []
                stretch, place = self._stretch(found, place - 1, earlier)
                if not whose:
                    self.orphans.append(stretch)
                else:
                    self._give(whose, [stretch], instead=instead and bool(pending or current is not outer))
                    current = whose
                pending, groups = [], []
            elif one.kind == "half":
                if not pending:
                    raise unread(self.written, one.text)
                halves.append((tuple(pending), one.text))
                pending, groups = [], []
            elif one.kind in ("closed", "except"):
                shut = pending[groups[-1] :] if one.kind == "except" and groups else pending
                if shut or halves:
                    self._close(shut, halves, one.text)
                    pending, halves = pending[: len(pending) - len(shut)], []
                    groups = groups[:-1] if pending else []
                    current = current if pending or instead else ()
                else:
                    prefix = one.text
            elif one.kind == "break":
                place = _skip(found, place)
                if place >= len(found) or found[place].kind != "time":
                    raise unread(self.written, one.text)
                stretch, place = self._stretch(found, place, [(NOON - 60, NOON - 60)])
                self.breaks.append((current, stretch, one.text))
            elif one.kind == "label":
                self._label(one)
            elif one.kind == "but":
                instead = True
            elif one.kind == "open":
                end = _closing(found, place)
                if end is None:
                    raise unread(self.written, one.text)
                inside = found[place:end]
                if len(inside) == 1 and inside[0].kind == "label":
                    self._label(inside[0])
                elif len(inside) == 1 and inside[0].kind == "closed" and not pending:
                    prefix = inside[0].text
                else:
                    lone = self.clauses(inside, tuple(pending) or current, instead=not (pending or self.orphans))
                    if lone and not self.orphans:
                        raise unread(self.written, "".join(t.text for t in inside))
                    pending += lone
                    if pending and not lone and set(pending) <= set(self.times):
                        current, pending = tuple(pending), []
                place = end + 1
            elif one.kind == "nth":
                raise Unreadable(say("written.unread_nth", written=self.written, sign=one.text))
            else:
                raise unread(self.written, one.text)
        if prefix:
            if not pending and not halves:
                raise unread(self.written, prefix)
            self._close(pending, halves, prefix)
        elif halves:
            raise unread(self.written, halves[0][1])
        elif pending and alone and (outer != self.given or (self.orphans and not self.times)):
            return tuple(pending)
        elif pending and self.orphans:
            self._give(tuple(pending), self.orphans, instead=False)
            self.orphans = []
        elif pending:
            raise Unreadable(say("written.no_times", written=self.written))
        return ()

    def _close(self, days: Sequence[str], halves: Sequence[tuple[tuple[str, ...], str]], sign: str) -> None:
        self.closed += [(whole, half, sign) for whole, half in halves]
        self.closed.append((tuple(days), "", sign))

    def _label(self, one: Token) -> None:
        self.labels.add(one.text[:2])
        if len(self.labels) > 1:
            raise unread(self.written, one.text)

    def _give(self, days: Sequence[str], stretches: Sequence[Stretch], *, instead: bool) -> None:
        for day in days:
            (self.instead if instead else self.times).setdefault(day, []).extend(stretches)

    def _days(self, found: Sequence[Token], place: int) -> tuple[list[str], int]:
        one = found[place]
        if one.kind == "holiday":
            self.holiday_sign = one.text
            return [HOLIDAY], place + 1
        if one.kind == "year":
            return list(_ALL), place + 1
        if one.kind == "group":
            key = one.text.casefold()
            named = _GROUPS.get(key) or (WEEKDAYS[5:] if "end" in key else WEEKDAYS[:5] if "week" in key else WEEKDAYS)
            return list(named), place + 1
        first = _weekday(one.text)
        to = _skip(found, place + 1)
        last = _skip(found, to + 1)
        if to < len(found) and found[to].kind == "to" and last < len(found) and found[last].kind == "day":
            a, b = WEEKDAYS.index(first), WEEKDAYS.index(_weekday(found[last].text))
            return list(WEEKDAYS[a : b + 1] if a <= b else (*WEEKDAYS[a:], *WEEKDAYS[: b + 1])), last + 1
        return [first], place + 1

    # ── times ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _stretch(self, found: Sequence[Token], place: int, earlier: Sequence[Stretch]) -> tuple[Stretch, int]:
        one = found[place]
        if one.kind == "always":
            return (0, DAY), place + 1
        to = _skip(found, place + 1)
        if to < len(found) and found[to].kind == "until" and (opens := self._opens()) is not None:
            until = self._clock(one, None)
            if opens < until:
                return (opens, until), to + 1
        last = _skip(found, to + 1)
        if to >= len(found) or found[to].kind != "to" or last >= len(found) or found[last].kind != "time":
            until_only = to < len(found) and found[to].kind == "until"
            raise unread(self.written, found[to].text if until_only else one.text)
        end = found[last]
        sign = f"{one.text.strip()}–{end.text.strip()}"
        behind = _skip(found, last + 1)
        after = behind + 1 if behind < len(found) and found[behind].kind == "until" else last + 1
        start, until = self._twelve_hours(self._clock(one, None), self._clock(end, one), one, end, earlier)
        if end.parts.get("next"):
            until += DAY
        until = DAY if until == 0 else until
        if not start < until or start >= DAY:
            raise Unreadable(say("written.backwards", written=self.written, sign=sign))
        return (start, until), after

    def _opens(self) -> int | None:
        """Give when all days named so far open, so that 「土は12時まで」 needs no more; None where they differ."""
        first = {stretches[0][0] for stretches in self.times.values()}
        return first.pop() if len(first) == 1 else None

    def _twelve_hours(self, start: int, until: int, one: Token, end: Token, earlier: Sequence[Stretch]) -> Stretch:
        """Put what is written without its half of the day where it alone makes sense; Unreadable where either half does.

        After a morning, 「3時から6時」 is the afternoon; 「9時から6時」 ends in the evening.
        """
        last = earlier[-1][1] if earlier else None
        sure = bool(_half(one)) or _is_padded(one) or bool(one.parts.get("noon"))
        if not sure and last is None and 60 <= start < EARLY * 60 and until <= NOON:
            raise Unreadable(say("written.either_half", written=self.written, sign=one.text.strip()))
        afternoon = _half(one) == "pm"
        if not sure and last is not None and 60 <= start < min(EVENING * 60, last) and last <= start + NOON:
            start, afternoon = start + NOON, True
        open_end = not _half(end) and not _is_padded(end) and 60 <= until < NOON
        if open_end and until <= start < until + NOON and (afternoon or EARLY * 60 <= start < NOON + 60):
            until += NOON
        return start, until

    def _clock(self, one: Token, start: Token | None) -> int:
        parts = one.parts
        if parts.get("noon"):
            return NOON
        if parts.get("mid"):
            return DAY if start is not None else 0
        four = parts.get("four")
        hour = int(four[:2] if four else parts["h"] or 0)
        minute = int(four[2:]) if four else 30 if parts.get("thirty") else int(parts.get("m") or parts.get("min") or 0)
        half, said = _half(one), parts.get("half") or ""
        if said.startswith("夜") and hour == 12:
            hour = 24
        elif half == "pm" and hour < 12 and not (said.startswith("昼") and hour > 10):
            hour += 12
        if half == "am" and hour == 12:
            hour = 0
        if minute > 59 or hour > (29 if start is not None else 23) or (half and hour > 24):
            raise unread(self.written, one.text)
        return hour * 60 + minute

    # ── all together ────────────────────────────────────────────────────────────────────────────────────────────────

    def whole(self) -> dict[str, list[Stretch]]:
        """Give the times of each day; Unreadable where they contradict each other or can't be held."""
        if self.orphans:
            days = self.given or self._every_day()
            if not days:
                raise Unreadable(say("written.no_weekdays", written=self.written))
            self._give(days, self.orphans, instead=False)
        week = {**self.times, **self.instead}
        for days, half, sign in self.closed:
            for day in days:
                if half:
                    week[day] = self._without_half(week.get(day, []), half, sign)
                else:
                    week.pop(day, None)
        for days, half in self.only_half:
            for day in days:
                week[day] = self._half_alone(week, day, half)
        for days, pause, sign in self.breaks:
            for day in days or tuple(week):
                week[day] = self._with_pause(week.get(day, []), pause, sign)
        self._holiday(week)
        week = {day: sorted(stretches) for day, stretches in week.items() if stretches and day != HOLIDAY}
        if not week:
            raise Unreadable(say("written.no_times", written=self.written))
        return self._past_midnight(week)

    def _every_day(self) -> tuple[str, ...]:
        """Give the days of times that name none: all, where it is always open, or where it is said on which days it isn't."""
        shut = {day for days, half, _ in self.closed if not half for day in days}
        return _ALL if not self.times and (self.orphans == [(0, DAY)] or "sun" in shut) else ()

    def _holiday(self, week: dict[str, list[Stretch]]) -> None:
        """Holidays are held as Sundays are: anything else about them can't be kept."""
        if self.holiday_sign and sorted(week.get(HOLIDAY, [])) != sorted(week.get("sun", [])):
            raise Unreadable(say("written.holidays", written=self.written, sign=self.holiday_sign))

    def _without_half(self, stretches: list[Stretch], half: str, sign: str) -> list[Stretch]:
        morning = half.casefold().startswith(("午前", "a"))
        across = any(start < NOON < until for start, until in stretches)
        left = [s for s in stretches if (s[0] >= NOON) == morning]
        if across and not any(s[0] >= NOON for s in stretches) and len(stretches) > 1:
            across = False
        if len(stretches) > 1 and across:
            across = False  # a morning that ends at half past twelve is the morning all the same
        if across or left == stretches:
            raise unread(self.written, f"{half}{sign}")
        return left

    def _half_alone(self, week: dict[str, list[Stretch]], day: str, half: str) -> list[Stretch]:
        """Give the half of a day that is open alone: of its own hours, else of those that the other days have."""
        own = week.get(day) or next((stretches for stretches in week.values() if len(stretches) > 1), [])
        morning = half.casefold().startswith(("午前", "a"))
        left = [s for s in own if (s[0] >= NOON) != morning]
        if len(own) < 2 or not left:
            raise unread(self.written, half)
        return left

    def _with_pause(self, stretches: list[Stretch], pause: Stretch, sign: str) -> list[Stretch]:
        cut: list[Stretch] = []
        for start, until in stretches:
            if start < pause[0] and pause[1] < until:
                cut += [(start, pause[0]), (pause[1], until)]
            elif pause[1] <= start or until <= pause[0]:
                cut.append((start, until))
            else:
                raise unread(self.written, sign)
        if not stretches or (cut == stretches and not (stretches[0][1] <= pause[0] and pause[1] <= stretches[-1][0])):
            raise unread(self.written, sign)
        return cut

    def _past_midnight(self, week: dict[str, list[Stretch]]) -> dict[str, list[Stretch]]:
        whole: dict[str, list[Stretch]] = {}
        for day, stretches in week.items():
            for start, until in stretches:
                whole.setdefault(day, []).append((start, min(until, DAY)))
                if until > DAY:
                    if self.given:
                        raise Unreadable(say("written.unreadable_times", written=self.written))
                    after = WEEKDAYS[(WEEKDAYS.index(day) + 1) % 7]
                    whole.setdefault(after, []).append((0, until - DAY))
        for stretches in whole.values():
            stretches.sort()
            if any(later[0] < earlier[1] for earlier, later in pairwise(stretches)):
                raise Unreadable(say("written.overlap", written=self.written))
        return whole


def _half(one: Token) -> str:
    said = (one.parts.get("half") or one.parts.get("after") or "").casefold()
    if not said:
        return ""
    return "pm" if said.startswith((*_PM, "p")) else "am"


def _is_padded(one: Token) -> bool:
    return bool(one.parts.get("four")) or (
        (one.parts.get("h") or "").startswith("0") and len(one.parts["h"] or "") == 2
    )


def _weekday(text: str) -> str:
    return _INITIALS.get(text[0]) or text[:3].casefold()


def _skip(found: Sequence[Token], place: int) -> int:
    while place < len(found) and found[place].kind in ("space", "particle"):
        place += 1
    return place


def _closing(found: Sequence[Token], place: int) -> int | None:
    deep = 1
    for at in range(place, len(found)):
        deep += {"open": 1, "close": -1}.get(found[at].kind, 0)
        if deep == 0:
            return at
    return None
