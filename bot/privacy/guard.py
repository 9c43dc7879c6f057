"""The guard: what in a text seems to be a patient's. It can't know; it is measured (tests/bot/privacy)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.privacy.births import births
from bot.privacy.hits import Hit, Kind, apart
from bot.privacy.names import names
from bot.privacy.numbers import numbers
from bot.privacy.phones import digits_of, phones
from contacts.roster import Roster
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.phone import INSIDE
from contacts.written.signs import flat

_LINE = re.compile(
    r"(?:さん|様|さま|氏)?[\s,、(]{1,2}(?P<birth>(?:18|19|20)\d\d[/.年-]\d{1,2}[/.月-]\d{1,2}日?)?[\s,、)]{0,2}"
    r"(?:(?:ID|No)[.:\s]{0,2}(?P<chart>[A-Za-z]?\d{3,10}))?",
    re.IGNORECASE,
)
_IN_LINE: tuple[Kind, ...] = ("birth", "chart")


class Guard:
    """Finds patients' data in texts, for one facility as its registry knows people and numbers now. Pure, in linear time."""

    def __init__(self, roster: Roster | None, charts: Sequence[re.Pattern[str]] = ()) -> None:
        """``charts`` are the facility's own patterns of chart numbers; without a ``roster`` nobody is known."""
        self._charts = tuple(charts)
        self._ours = frozenset(_ours(roster)) if roster is not None else frozenset[str]()
        self._numbers = frozenset(_known(roster)) if roster is not None else frozenset[str]()

    def found(self, text: str) -> tuple[Hit, ...]:
        """Give the places, in order and without overlaps."""
        plain = flat(text)
        found = (
            *numbers(plain, self._charts),
            *births(plain),
            *phones(plain, self._numbers),
            *names(plain, self._ours),
        )
        return apart((*found, *_behind_names(plain, found)))


def _behind_names(plain: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Find the date and the number that stand right behind a patient's name, as in a line of a list."""
    for name in found:
        if name.kind == "patient" and (line := _LINE.match(plain, name.end)):
            yield from (Hit(*line.span(kind), kind) for kind in _IN_LINE if line[kind])


def _ours(roster: Roster) -> list[str]:
    """Give how those who work here, and those whom one calls, are named: whole, and each part of it."""
    whole = [flat(name) for name in (*(m.name for m in roster.members), *(c.name for c in roster.contacts))]
    return [part for name in whole for part in (re.sub(r"\s", "", name), name, *name.split()) if part]


def _known(roster: Roster) -> list[str]:
    numbers = [getattr(contact, field) for contact in roster.contacts for field in NUMBER_FIELDS]
    numbers += [member.telephone for member in roster.members]
    numbers.append(roster.facility.telephone)
    return [digits_of(number.partition(INSIDE)[0]) for number in numbers if number]
