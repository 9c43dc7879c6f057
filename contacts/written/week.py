"""Hours of a week as people write them, each sign of the text used: days, times, breaks, and when it is closed after all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from contacts.phrasing import say
from contacts.shapes.hours import WEEKDAYS, WEEKS, Week
from contacts.written.mistakes import Unreadable
from contacts.written.signs import in_digits, straight
from contacts.written.week_words import (
    ALL_DAYS,
    DAY,
    HOLIDAY,
    NOON,
    TELLS,
    Token,
    clock,
    closing,
    days_named,
    half_of,
    is_morning,
    is_padded,
    kind_at,
    skip,
    tokens,
    unread,
    weeks_named,
)

Stretch = tuple[int, int]
"""From and until, in minutes of a day; until after 24:00 means the next day."""

EVENING, EARLY = 8, 6
"""Hours: one before EVENING that comes after an earlier session is of the afternoon; one before EARLY alone may be either."""

_NAMING = ("day", "group", "holiday", "year")
_FILLING = ("space", "join", "particle")


def read_week(written: str, *, days: tuple[str, ...] = ()) -> dict[str, dict[Stretch, tuple[Week, ...]]]:
    """Read hours; with ``days`` given, the times of those and no days beside. Unreadable names what is not understood.

    Gives the times of each day, and the weeks of the month in which they are held: none named means every week.
    """
    week = _Week(written, days)
    _Level(week, tokens(written, in_digits(straight(written)).strip())).read()
    return _by_day(week.whole())


def _of_week(day: str, week: Week) -> str:
    """Give the name under which the times of one week of the month are noted: they go before those of its weekday."""
    return f"{day}{week}"


def _weekday_of(day: str) -> str:
    return day.rstrip("12345")


def _by_day(found: Mapping[str, list[Stretch]]) -> dict[str, dict[Stretch, tuple[Week, ...]]]:
    days: dict[str, dict[Stretch, tuple[Week, ...]]] = {}
    for day in WEEKDAYS:
        of_weeks = {week: found.get(_of_week(day, week), found.get(day, [])) for week in WEEKS}
        held = {stretch: tuple(w for w in WEEKS if stretch in of_weeks[w]) for w in WEEKS for stretch in of_weeks[w]}
        if held:
            days[day] = {stretch: weeks if weeks != WEEKS else () for stretch, weeks in sorted(held.items())}
    return days


class _Week:
    """What was read so far: times by day, those that wait for their days (``orphans``), days that are closed, breaks."""

    def __init__(self, written: str, given: tuple[str, ...]) -> None:
        self.written, self.given = written, given
        self.times: dict[str, list[Stretch]] = {}
        self.instead: dict[str, list[Stretch]] = {}
        self.closed: list[tuple[tuple[str, ...], str, str]] = []
        self.only_half: list[tuple[tuple[str, ...], str]] = []
        self.breaks: list[tuple[tuple[str, ...], Stretch, str]] = []
        self.orphans: list[Stretch] = []
        self.labels: set[str] = set()
        self.holiday_sign = self.nth_sign = ""

    def give(self, days: Sequence[str], stretches: Sequence[Stretch], *, instead: bool = False) -> None:
        """Give days their times, or others ``instead`` of those that they have."""
        for day in days:
            (self.instead if instead else self.times).setdefault(day, []).extend(stretches)

    def adopt(self, days: Sequence[str]) -> None:
        """Give days the times that stood before them."""
        self.give(days, self.orphans)
        self.orphans = []

    def close(self, days: Sequence[str], halves: Sequence[tuple[tuple[str, ...], str]], sign: str) -> None:
        """Note days, and halves of days, that are closed after all."""
        self.closed += [(whole, half, sign) for whole, half in halves]
        self.closed.append((tuple(days), "", sign))

    def label(self, one: Token) -> None:
        """Note of what these are the hours; Unreadable where they are of two things."""
        self.labels.add(one.text[:2])
        if len(self.labels) > 1:
            raise unread(self.written, one.text)

    def unheld(self, nth: str) -> Unreadable:
        """Name weeks of which it isn't clear which they are, or what the other weeks' hours are."""
        return Unreadable(say("written.unread_nth", written=self.written, sign=nth))

    def opens(self) -> int | None:
        """Give when all days named so far open, so that 「土は12時まで」 needs no more; None where they differ."""
        first = {stretches[0][0] for stretches in self.times.values()}
        return first.pop() if len(first) == 1 else None

    def whole(self) -> dict[str, list[Stretch]]:
        """Give the times of each day; Unreadable where they contradict each other or can't be held."""
        if self.orphans:
            days = self.given or self._every_day()
            if not days:
                raise Unreadable(say("written.no_weekdays", written=self.written))
            self.give(days, self.orphans)
        week = {**self.times, **self.instead}
        for days, half, sign in self.closed:
            for day in days:
                if day != _weekday_of(day) and not _times_of(week, day):
                    raise self.unheld(self.nth_sign)
                week[day] = self._without_half(_times_of(week, day), half, sign) if half else []
        for days, half in self.only_half:
            for day in days:
                week[day] = self._half_alone(week, day, half)
        for days, pause, sign in self.breaks:
            for day in days or tuple(day for day, stretches in week.items() if stretches):
                week[day] = self._with_pause(_times_of(week, day), pause, sign)
        self._holiday(week)
        week = {day: sorted(stretches) for day, stretches in week.items() if day != HOLIDAY}
        if not any(week.values()):
            raise Unreadable(say("written.no_times", written=self.written))
        return self._past_midnight(week)

    def _every_day(self) -> tuple[str, ...]:
        """Give the days of times that name none: all, where it is always open, or where it is said on which days it isn't."""
        shut = {day for days, half, _ in self.closed if not half for day in days}
        return ALL_DAYS if not self.times and (self.orphans == [(0, DAY)] or "sun" in shut) else ()

    def _holiday(self, week: dict[str, list[Stretch]]) -> None:
        """Holidays are held as Sundays are: anything else about them can't be kept."""
        if self.holiday_sign and sorted(week.get(HOLIDAY, [])) != sorted(week.get("sun", [])):
            raise Unreadable(say("written.holidays", written=self.written, sign=self.holiday_sign))

    def _without_half(self, stretches: list[Stretch], half: str, sign: str) -> list[Stretch]:
        morning = is_morning(half)
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
        own = _times_of(week, day) or next((stretches for stretches in week.values() if len(stretches) > 1), [])
        morning = is_morning(half)
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
        whole: dict[str, list[Stretch]] = {day: [] for day in week}
        for day, stretches in week.items():
            for start, until in stretches:
                whole.setdefault(day, []).append((start, min(until, DAY)))
                if until > DAY:
                    if self.given or self.nth_sign:
                        raise Unreadable(say("written.unreadable_times", written=self.written))
                    after = WEEKDAYS[(WEEKDAYS.index(day) + 1) % 7]
                    whole.setdefault(after, []).append((0, until - DAY))
        for stretches in whole.values():
            stretches.sort()
            if any(later[0] < earlier[1] for earlier, later in pairwise(stretches)):
                raise Unreadable(say("written.overlap", written=self.written))
        return whole


class _Level:
    """The words of one level of brackets; ``outer`` are the days that it stands behind."""

    def __init__(
        self, week: _Week, found: Sequence[Token], outer: tuple[str, ...] = (), *, instead: bool = False
    ) -> None:
        self.week, self.found, self.place = week, found, 0
        self.outer = self.current = outer
        self.instead = instead
        self.pending: list[str] = []  # days that wait for their times
        self.groups: list[int] = []  # where among them a new group begins
        self.halves: list[tuple[tuple[str, ...], str]] = []  # halves of days that are told to be closed
        self.prefix = self.named = (
            ""  # a word of closing that stands before its days; the last days as they are written
        )
        self.fresh = self.alone = self.told = True

    def read(self) -> tuple[str, ...]:
        """Take all words; gives days that stand alone in them."""
        while self.place < len(self.found):
            one = self.found[self.place]
            if one.kind in _NAMING:
                self._name_days(one)
                continue
            self.place += 1
            self.fresh = self.fresh or one.kind in ("space", "open", "close")
            if one.kind not in _FILLING and not (one.kind == "only" and self.pending):
                self._take(one)
        return self._end()

    def _name_days(self, one: Token) -> None:
        if one.kind == "holiday":
            self.week.holiday_sign = one.text
        if self.fresh:
            self.groups.append(len(self.pending))
        days, self.place = days_named(self.found, self.place)
        self.pending += days
        self.named, self.fresh = one.text, False

    def _take(self, one: Token) -> None:
        self.alone = False
        if one.kind == "only" and self.halves:
            self.week.only_half += self.halves
            self._done_with_days()
            return
        if self.prefix and (self.pending or self.halves) and one.kind != "half":
            self.week.close(self.pending, self.halves, self.prefix)
            self._done_with_days()
            self.prefix = ""
        if self.halves and one.kind not in ("half", "closed", "except"):
            raise unread(self.week.written, self.halves[0][1])
        if one.kind not in self._taking:
            raise unread(self.week.written, one.text)
        self._taking[one.kind](self, one)

    def _done_with_days(self) -> None:
        self.pending, self.groups, self.halves = [], [], []

    def _hours(self, _: Token) -> None:
        """Give times to the days before them, else to those that had times last, else to days still to come."""
        week, pending = self.week, self.pending
        if week.given and any(_weekday_of(day) not in week.given or day in WEEKDAYS for day in pending):
            raise unread(week.written, self.named)
        if len({day == _weekday_of(day) for day in pending}) > 1:
            raise week.unheld(week.nth_sign)
        whose = tuple(pending) or self.current or week.given
        if pending and week.orphans:
            week.adopt(whose)
            whose = ()
        self.place -= 1
        stretch = self._stretch(self._earlier(whose))
        if not whose:
            week.orphans.append(stretch)
        else:
            week.give(whose, [stretch], instead=self.instead and bool(pending or self.current is not self.outer))
            self.current = whose
        self.pending, self.groups = [], []

    def _earlier(self, whose: tuple[str, ...]) -> Sequence[Stretch]:
        """Give the times of the same day that a further one comes after."""
        if not whose:
            return self.week.orphans
        if self.instead:
            return self.week.instead.get(whose[0], [])
        return [] if self.pending else self.week.times.get(whose[0], [])

    def _half_a_day(self, one: Token) -> None:
        if not self.pending:
            raise unread(self.week.written, one.text)
        self.told = self.told and self.found[self.place - 2].text == TELLS
        self.halves.append((tuple(self.pending), one.text))
        self.pending, self.groups = [], []

    def _shut(self, one: Token) -> None:
        """Close the days before the word (of 「月–土、木を除く」 the last group alone), else keep it for those behind."""
        shut = self.pending[self.groups[-1] :] if one.kind == "except" and self.groups else self.pending
        if not shut and not self.halves:
            self.prefix = one.text
            return
        self.week.close(shut, self.halves, one.text)
        self.pending, self.halves = self.pending[: len(self.pending) - len(shut)], []
        self.groups = self.groups[:-1] if self.pending else []
        self.current = self.current if self.pending or self.instead else ()

    def _pause(self, one: Token) -> None:
        self.place = skip(self.found, self.place)
        if kind_at(self.found, self.place) != "time":
            raise unread(self.week.written, one.text)
        self.week.breaks.append((self.current, self._stretch([(NOON - 60, NOON - 60)]), one.text))

    def _label(self, one: Token) -> None:
        self.week.label(one)

    def _but(self, _: Token) -> None:
        self.instead = True

    def _bracket(self, one: Token) -> None:
        end = closing(self.found, self.place)
        if end is None:
            raise unread(self.week.written, one.text)
        inside = self.found[self.place : end]
        only = inside[0] if len(inside) == 1 else None
        if only is not None and only.kind == "label":
            self.week.label(only)
        elif only is not None and only.kind == "closed" and not self.pending:
            self.prefix = only.text
        else:
            self._inside(inside)
        self.place = end + 1

    def _inside(self, inside: Sequence[Token]) -> None:
        instead = not (self.pending or self.week.orphans)
        lone = _Level(self.week, inside, tuple(self.pending) or self.current, instead=instead).read()
        if lone and not self.week.orphans:
            raise unread(self.week.written, "".join(one.text for one in inside))
        self.pending += lone
        if self.pending and not lone and set(self.pending) <= set(self.week.times):
            self.current, self.pending = tuple(self.pending), []

    def _some_weeks(self, one: Token) -> None:
        """Name one weekday of some weeks: the one behind (第2土), else the one before (土は第2, 土 9–12(第2は休み))."""
        weeks, behind = weeks_named(one), skip(self.found, self.place)
        before = self.pending or self.current or self.week.given
        if kind_at(self.found, behind) == "day":
            before, self.place = days_named(self.found, behind)
            if self.pending and self.pending[-1] == before[0]:
                weeks = ()
        elif self.pending:
            self.pending, self.groups = [], []
        named = dict.fromkeys(map(_weekday_of, before))
        if not weeks or len(named) != 1 or HOLIDAY in named or kind_at(self.found, self.place) == "day":
            raise self.week.unheld(one.text)
        if self.fresh:
            self.groups.append(len(self.pending))
        self.pending += (_of_week(day, week) for day in named for week in weeks)
        self.named = self.week.nth_sign = one.text
        self.fresh = False

    _taking: ClassVar[Mapping[str, Callable[[_Level, Token], None]]] = {
        "time": _hours,
        "always": _hours,
        "half": _half_a_day,
        "closed": _shut,
        "except": _shut,
        "break": _pause,
        "label": _label,
        "but": _but,
        "open": _bracket,
        "nth": _some_weeks,
    }
    """What a kind of word does; any other means nothing where it stands."""

    def _end(self) -> tuple[str, ...]:
        """Settle what still waits at the end; gives the days where nothing but days was written."""
        week, pending = self.week, self.pending
        if self.prefix:
            if not pending and not self.halves:
                raise unread(week.written, self.prefix)
            week.close(pending, self.halves, self.prefix)
        elif self.halves and self.told:
            week.only_half += self.halves
        elif self.halves:
            raise unread(week.written, self.halves[0][1])
        elif pending and self.alone and (self.outer != week.given or (week.orphans and not week.times)):
            return tuple(pending)
        elif pending and week.orphans:
            week.adopt(pending)
        elif pending and pending[-1] != _weekday_of(pending[-1]):
            raise week.unheld(self.named)
        elif pending:
            raise Unreadable(say("written.no_times", written=week.written))
        return ()

    def _stretch(self, earlier: Sequence[Stretch]) -> Stretch:
        """Take a time and the one until which it goes, after ``earlier`` ones of the same day."""
        found, written, one = self.found, self.week.written, self.found[self.place]
        if one.kind == "always":
            self.place += 1
            return (0, DAY)
        to = skip(found, self.place + 1)
        if kind_at(found, to) == "until" and (opens := self.week.opens()) is not None:
            until = clock(written, one)
            if opens < until:
                self.place = to + 1
                return (opens, until)
        last = skip(found, to + 1)
        if kind_at(found, to) != "to" or kind_at(found, last) != "time":
            raise unread(written, found[to].text if kind_at(found, to) == "until" else one.text)
        behind = skip(found, last + 1)
        self.place = behind + 1 if kind_at(found, behind) == "until" else last + 1
        return _from_to(written, one, found[last], earlier)


def _times_of(week: Mapping[str, list[Stretch]], day: str) -> list[Stretch]:
    """Give the times of a day; of a week of the month that has none of its own those of its weekday."""
    return week.get(day, week.get(_weekday_of(day), []))


def _from_to(written: str, one: Token, end: Token, earlier: Sequence[Stretch]) -> Stretch:
    start, until = _twelve_hours(written, one, end, earlier)
    if end.parts.get("next"):
        until += DAY
    until = DAY if until == 0 else until
    if not start < until or start >= DAY:
        raise Unreadable(say("written.backwards", written=written, sign=f"{one.text.strip()}–{end.text.strip()}"))
    return (start, until)


def _twelve_hours(written: str, one: Token, end: Token, earlier: Sequence[Stretch]) -> Stretch:
    """Put what is written without its half of the day where it alone makes sense; Unreadable where either half does.

    After a morning, 「3時から6時」 is the afternoon; 「9時から6時」 ends in the evening.
    """
    start, until = clock(written, one), clock(written, end, ends=True)
    last = earlier[-1][1] if earlier else None
    sure = bool(half_of(one)) or is_padded(one) or bool(one.parts.get("noon"))
    if not sure and last is None and 60 <= start < EARLY * 60 and until <= NOON:
        raise Unreadable(say("written.either_half", written=written, sign=one.text.strip()))
    afternoon = half_of(one) == "pm"
    if not sure and last is not None and 60 <= start < min(EVENING * 60, last) and last <= start + NOON:
        start, afternoon = start + NOON, True
    open_end = not half_of(end) and not is_padded(end) and 60 <= until < NOON
    if open_end and until <= start < until + NOON and (afternoon or EARLY * 60 <= start < NOON + 60):
        until += NOON
    return start, until
