"""The guard: what in a text seems to be a patient's. It can't know; it is measured (tests/bot/privacy)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.privacy.addresses import addresses
from bot.privacy.bare_names import bare_names
from bot.privacy.bedside import bedside_names
from bot.privacy.births import births
from bot.privacy.families import family_in, in_hiragana, readings
from bot.privacy.hits import Hit, Kind, apart
from bot.privacy.latin_names import latin_names
from bot.privacy.listed_names import listed_names
from bot.privacy.names import Ours, names, names_before
from bot.privacy.numbers import numbers
from bot.privacy.phones import digits_of, numbers_of_others, phones
from bot.privacy.secrets_said import secrets_said
from contacts.roster import Roster
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.phone import INSIDE
from contacts.written.signs import flat

_LINE = re.compile(
    r"(?:さん|様|さま|氏)?[\s,、(]{1,2}(?P<birth>(?:(?:18|19|20)\d\d|(?:明治|大正|昭和|平成|令和|[MTSHR])\.?\d{1,2})[/.年-]\d{1,2}[/.月-]\d{1,2}日?(?!\d))?[\s,、)]{0,2}"
    r"(?:(?:ID|No)[.:\s]{0,2}(?P<chart>[A-Za-z]?\d{3,10})(?!\d)|(?<=[(])(?P<only>\d{4,10})(?=[)]))?",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(
    r"(?:ID|No\.?|番号)[.:\sは]{0,2}(?P<chart>[A-Za-z]?\d{3,10})[\s:、(の]{0,2}$", re.IGNORECASE
)
_STAFF = 3
"""With so many members in the registry, whoever else is called by name is hardly a colleague who was not entered yet."""

_IN_LINE: dict[str, Kind] = {"birth": "birth", "chart": "chart", "only": "chart"}


class Guard:
    """Finds patients' data in texts, for one facility as its registry knows people and numbers now. Pure, in linear time."""

    def __init__(self, roster: Roster | None, charts: Sequence[re.Pattern[str]] = (), *, asked: bool = False) -> None:
        """``charts`` are the facility's own patterns of chart numbers; without a ``roster`` nobody is known.

        Of those who were ``asked`` for somebody's name it tells nothing that the registry doesn't know them.
        """
        self._charts = tuple(charts)
        ours = _people(roster) if roster is not None else Ours()
        self._ours = replace(ours, known=False) if asked else ours
        self._numbers = frozenset(_known(roster)) if roster is not None else frozenset[str]()

    def found(self, text: str) -> tuple[Hit, ...]:
        """Give the places, in order and without overlaps."""
        plain = flat(text)
        found = (
            *secrets_said(plain),
            *numbers(plain, self._charts),
            *births(plain),
            *phones(plain, self._numbers, self._ours.parts),
            *addresses(plain),
            *names(plain, self._ours),
            *bare_names(plain, self._ours.parts),
            *bedside_names(plain, self._ours.parts, self._ours.whole),
            *latin_names(plain, self._ours.parts),
        )
        found = (*found, *_behind_names(plain, found), *names_before(plain, found, self._ours.parts))
        return apart((*found, *listed_names(plain, found, self._ours.parts)))

    def to_keep(self, text: str) -> tuple[str, ...]:
        """Give the numbers, as written, of whom one calls and whom the registry doesn't know: they may be kept as contacts."""
        return tuple(text[start:end] for start, end in numbers_of_others(flat(text), self._numbers, self._ours.parts))


def _behind_names(plain: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Find the date and the number that stand right behind a patient's name, or the number before it, as in a line of a list."""
    for name in found:
        if name.kind == "patient" and (line := _LINE.match(plain, name.end)):
            yield from (Hit(*line.span(part), kind) for part, kind in _IN_LINE.items() if line[part])
        if name.kind == "patient" and (number := _NUMBER_BEFORE.search(plain, max(0, name.start - 20), name.start)):
            yield Hit(*number.span("chart"), "chart")


def _people(roster: Roster) -> Ours:
    members, contacts = ([_plain(one.name) for one in some] for some in (roster.members, roster.contacts))
    joined = frozenset(re.sub(r"\s", "", name) for name in (*members, *contacts))
    whole = frozenset(name for name in joined if family_in(name) != name)
    parts = joined.union(part for name in (*members, *contacts) for part in (name, *name.split()))
    read = (reading for part in parts for reading in readings(family_in(part)))
    return Ours(parts.union(read), whole, whole.union(contacts), known=len(members) >= _STAFF)


def _plain(name: str) -> str:
    return in_hiragana(flat(name)).casefold()


def _known(roster: Roster) -> list[str]:
    numbers = [getattr(contact, field) for contact in roster.contacts for field in NUMBER_FIELDS]
    numbers += [member.telephone for member in roster.members]
    numbers.append(roster.facility.telephone)
    return [digits_of(number.partition(INSIDE)[0]) for number in numbers if number]
