"""The shape of the reporting duties: who is to be told what, when and by which rule, as data without any code.

A :class:`Duties` is one jurisdiction's law at one version. A run keeps it whole, as JSON, in its first entry, so a
later change of the law changes no run that is already open. Every condition is text (see ``playbooks.conditions``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from playbooks.conditions import UNKNOWN, Condition
from playbooks.frozen import frozen
from playbooks.texts import Data, Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Basis = Literal["law", "notice", "contract", "advice", "unconfirmed"]
"""What binds: a statute or its rules; a ministry's notice; the facility's own contract; good sense; nobody could confirm it."""

LARGEST = 10**9
"""The most persons a fact may name."""


@frozen
class DutyNames:
    """What a duties file defines; given to the validators, so that a name nobody defined is found where it stands.

    ``facts`` maps a fact to the values it can have; ``None`` stands for a whole number.
    """

    facts: Mapping[str, frozenset[str] | None]
    items: frozenset[str]
    grounds: frozenset[str]


def _names(info: ValidationInfo) -> DutyNames | None:
    return info.context if isinstance(info.context, DutyNames) else None


def _readable(text: str, info: ValidationInfo) -> str:
    condition = Condition.of(text)
    if UNKNOWN in re.findall(r"\w+", text):
        raise ValueError(f"a duty cannot ask for `{UNKNOWN}`: what nobody knows yet must never take a duty away")
    names = _names(info)
    if names is None:
        return text
    for fact in sorted(condition.facts - names.facts.keys()):
        raise ValueError(f"no fact is named `{fact}`; the file defines {', '.join(names.facts)}")
    listed = re.findall(r"(\w+)\s+(?:not\s+)?in\s*\(([^)]*)\)", text)
    single = re.findall(r"(\w+)\s*[=!]=\s*(\w+)", text)
    for fact, value in [*single, *((fact, value) for fact, values in listed for value in re.findall(r"\w+", values))]:
        values = names.facts.get(fact)
        if values is not None and value not in values:
            raise ValueError(f"the fact `{fact}` is never `{value}`; it is one of {', '.join(sorted(values))}")
    return text


def _defined_item(item: str, info: ValidationInfo) -> str:
    names = _names(info)
    if names is not None and item not in names.items:
        raise ValueError(f"no item is named `{item}`; the file defines {', '.join(sorted(names.items))}")
    return item


def _defined_grounds(grounds: str | None, info: ValidationInfo) -> str | None:
    names = _names(info)
    if names is not None and grounds is not None and grounds not in names.grounds:
        raise ValueError(f"no grounds are named `{grounds}`; the file defines {', '.join(sorted(names.grounds))}")
    return grounds


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"there is no time zone `{zone}`; write it as in `Asia/Tokyo`") from None
    return zone


When = Annotated[str, AfterValidator(_readable)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Days = Annotated[int, Field(ge=1, le=366)]


class FactKind(Data):
    """A fact that decides: its ``values`` (none given: a whole number), and what holds while nobody has said.

    ``unknown`` is always a value as well. A number that is ``part_of`` another can't be larger than that one.
    """

    says: Text
    values: tuple[str, ...] = ()
    assume: str = UNKNOWN
    part_of: str | None = None

    def allows(self, value: str) -> bool:
        """Say whether ``value`` can be this fact's value, as text."""
        if value == UNKNOWN or value in self.values:
            return True
        whole = value.isascii() and value.isdecimal() and len(value) <= len(str(LARGEST))
        return not self.values and whole and int(value) <= LARGEST

    @model_validator(mode="after")
    def _assumes_a_value(self) -> Self:
        if not self.allows(self.assume):
            raise ValueError(f"`assume` is none of the fact's values: {', '.join((*self.values, UNKNOWN))}")
        return self


class Ground(Data):
    """One of several situations of which any is enough, with its ``number`` in the rule (the form asks for it).

    One that was only remembered is to ``confirm``: it keeps a duty from going away, and makes none certain.
    """

    number: str
    when: When
    says: Text
    confirm: bool = False


class Contradiction(Data):
    """Answers that can't all be true, and how that is said."""

    when: When
    says: Text


class Alternative(Data):
    """Another number of days, where ``when`` certainly holds."""

    when: When
    days: Days


class Promptly(Data):
    """The law names no day."""

    rule: Literal["promptly"]


class Between(Data):
    """A range of days counted from the day of knowing (day 1); every day counts and nothing is moved."""

    rule: Literal["between"]
    from_day: Days
    until_day: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_day > self.until_day:
            raise ValueError("`until_day` lies before `from_day`; exchange them")
        return self


class Within(Data):
    """A last day, counted from the day of knowing (day 1) and moved on while the offices are closed.

    The first of ``instead`` that certainly holds replaces ``days``; while that is not known, the shorter one counts.
    """

    rule: Literal["within"]
    days: Days
    instead: tuple[Alternative, ...] = ()


Deadline = Annotated[Promptly | Between | Within, Field(discriminator="rule")]


class Target(Data):
    """Our own aim, for which no law asks; always shown as ours. ``day`` 1 is the day of knowing."""

    day: Days
    why: Text


class Way(Data):
    """How it is done; the number or address itself stands in the facility's own contacts."""

    by: Literal["form", "web", "phone", "mail", "post", "visit"]
    says: Text


class ReminderRule(Data):
    """When to speak up: on a ``day`` since knowing (day 1), or so many open days before the deadline."""

    what: Slug
    day: Days | None = None
    open_days_before: Days | None = None
    says: Text

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.day is None) == (self.open_days_before is None):
            raise ValueError("a reminder has either `day` or `open_days_before`; write exactly one of the two")
        return self


class Duty(Data):
    """One report to one body.

    Owed when ``when`` and any of ``grounds`` are not certainly false, unless ``exempt`` is certainly true.
    ``contact`` is a contact reference (``authority:ppc``). ``verified`` is the day on which somebody last held the
    entry against its ``source``; ``confirm`` is what of it could not be. ``caution`` is what a person must hear before
    relying on "not owed".
    """

    to: Text
    what: Text
    contact: str | None = Field(default=None, pattern=r"^(vendor|authority|adviser|partner):[a-z][a-z0-9_]*$")
    basis: Basis
    law: Text
    source: str = Field(min_length=1)
    verified: date
    confirm: Text | None = None
    items: tuple[Annotated[str, AfterValidator(_defined_item)], ...] = ()
    when: When
    grounds: Annotated[str | None, AfterValidator(_defined_grounds)] = None
    exempt: When | None = None
    due: Deadline
    target: Target | None = None
    how: tuple[Way, ...] = Field(min_length=1)
    reminders: tuple[ReminderRule, ...] = ()
    caution: Text | None = None

    @model_validator(mode="after")
    def _has_an_aim(self) -> Self:
        if isinstance(self.due, Promptly) and self.target is None:
            raise ValueError("the law says only promptly, so give a `target` of our own")
        return self


class Offices(Data):
    """When the authorities are closed: ``country``'s holidays, some weekdays, and ``closed_days`` (``MM-DD``) each year."""

    country: str = Field(pattern=r"^[A-Z]{2}$")
    closed_weekdays: tuple[Weekday, ...] = Field(max_length=6)
    closed_days: tuple[Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")], ...] = Field(
        max_length=31
    )


class Duties(Data):
    """The duties of one ``jurisdiction`` at one ``version``, with everything their computation needs.

    ``gazette_year`` is the last year whose holidays were officially announced; later days off are computed only.
    """

    jurisdiction: str = Field(pattern=r"^[a-z]{2}$")
    version: str = Field(min_length=1)
    zone: Annotated[str, AfterValidator(_known_zone)]
    gazette_year: int = Field(ge=2000, le=2200)
    offices: Offices
    facts: dict[Slug, FactKind]
    items: dict[Slug, Text]
    grounds: dict[Slug, tuple[Ground, ...]]
    contradictions: tuple[Contradiction, ...] = ()
    duties: dict[Slug, Duty]

    def __hash__(self) -> int:
        """Tell laws apart by name alone, which is quick; what is equal has the same."""
        return hash((self.jurisdiction, self.version))
