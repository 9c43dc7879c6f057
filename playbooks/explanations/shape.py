"""What a facility tells its patients about an incident: the shape of the texts, and which of them fits what is known.

Everything that is said stands in ``playbooks/explanations/<jurisdiction>.yaml``; this module holds no wording. A text
with a condition is used only while the condition *certainly* holds: what nobody knows yet is never claimed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from playbooks.conditions import UNKNOWN, Condition
from playbooks.frozen import frozen
from playbooks.model import FACILITY_KINDS, Event, FacilityKind
from playbooks.phrasing import CLAUSES, Phrase
from playbooks.texts import Data, Language, Text
from playbooks.weekdays import NAMES

Kind = Literal["poster", "phone", "web", "letter"]
"""Where patients meet it: at the desk, on the phone, on the web page or SNS, in a letter to the persons concerned."""

KINDS: tuple[Kind, ...] = get_args(Kind)
EVENTS: tuple[Event, ...] = get_args(Event)

VALUES = (
    "facility",
    "day",
    "found_at",
    "not_working",
    "data_kinds",
    "persons",
    "cause",
    "contact",
    "next_information",
)
"""The placeholders that a run fills; a file may add phrases of its own. Each has a wording for 'not filled in'."""

FILLED_BEFORE_APPROVAL = ("facility", "day", "contact")
"""What nobody has to investigate: a text that says "(enter …)" in its place can't be approved."""

PLACEHOLDER = re.compile(r"\{\{ *([A-Za-z0-9_]+) *\}\}")
"""A place to be filled, as in ``{{ facility }}``; nothing else of the template language may stand in a text."""


def _readable(condition: str) -> str:
    Condition.of(condition)  # ConditionError is a ValueError: pydantic keeps its sentence and cure
    return condition


class Variant(Data):
    """One wording in both languages, and where it fits.

    ``when`` is a condition over facts and over ``has_<value>`` (yes|no). ``unknown`` names what this wording leaves
    open (a key of ``Explanations.unknowns``), so that whoever approves the text sees it.
    """

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)
    when: Annotated[str, AfterValidator(_readable)] | None = None
    events: tuple[Event, ...] = EVENTS
    facilities: tuple[FacilityKind, ...] = FACILITY_KINDS
    unknown: str | None = None

    def serves(self, event: Event, facility_kind: FacilityKind) -> bool:
        """Say whether it is meant for this event at this kind of facility."""
        return event in self.events and facility_kind in self.facilities

    def fits(self, event: Event, facility_kind: FacilityKind, facts: Mapping[str, str]) -> bool:
        """Say whether it serves and its condition certainly holds."""
        return self.serves(event, facility_kind) and (self.when is None or Condition.of(self.when).holds(facts) is True)

    def in_language(self, language: Language) -> str:
        """Give the wording for a reader of ``language``, placeholders included."""
        return self.en if language == "en" else self.ja

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names to be filled in either language, each once, in order."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(f"{self.ja}\n{self.en}")))


class Paragraph(Variant):
    """A wording that stands in a text; ``tight`` puts it right below the line above, without an empty line.

    ``item`` says which item of the legal report it answers (an id of the duties' ``items``).
    """

    tight: bool = False
    item: str | None = None


class Explanation(Data):
    """One kind of text: its name, how it is used, the legal items it must answer (at all times), its paragraphs."""

    title: Text
    use: Text
    items: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = Field(min_length=1)


class Explanations(Data):
    """All texts for patients under one jurisdiction; a phrase is the first of its variants that fits."""

    explanations: str = Field(pattern=r"^[a-z]{2,8}$")
    version: str = Field(min_length=1)
    facts: tuple[str, ...]
    """The facts at which conditions may look."""
    unknowns: dict[str, Text]
    """What may be left open, as it is called before whoever approves."""
    blanks: dict[str, Text]
    """What stands in place of a value that is not filled in; one for each of ``VALUES``."""
    data_kinds: dict[str, Text]
    """The kinds of data that can be ticked, as patients call them."""
    more_data_kinds: Text
    """What stands for a kind that was ticked but has no wording."""
    phrases: dict[str, tuple[Variant, ...]]
    kinds: dict[Kind, Explanation]


class Values(Data):
    """What a run and its facility know, to be filled in; what is empty is unknown.

    ``day`` is the date that the text bears. Times are the facility's wall-clock time. ``data_kinds`` are ids of ``Explanations.data_kinds`` or texts of their
    own. A plain text is used in both languages. The number of persons is a fact, not one of these.
    """

    facility: str | Text = ""
    day: date | None = None
    found_at: datetime | None = None
    not_working: str | Text = ""
    data_kinds: tuple[str | Text, ...] = ()
    cause: str | Text = ""
    contact: str | Text = ""
    next_information: str | Text = ""


@frozen
class ExplanationDraft:
    """A text ready to be read by whoever approves it; ``unknown`` names what it leaves open, in order of appearance."""

    text: str
    unknown: tuple[str, ...]

    @property
    def holes(self) -> tuple[str, ...]:
        """What has to be entered before anybody can stand behind it."""
        return tuple(name for name in self.unknown if name in FILLED_BEFORE_APPROVAL)


@frozen
class Filled:
    """One value as it will be read; ``known`` is False if (part of) it is a stand-in for what nobody knows."""

    text: str
    known: bool = True


def persons_in(facts: Mapping[str, str]) -> int | None:
    """Give the largest possible number of persons; None while it is unknown or no number above 0."""
    told = facts.get("persons", UNKNOWN)
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= 9 and int(told) > 0 else None


def filled(
    explanations: Explanations, values: Values, facts: Mapping[str, str], language: Language
) -> dict[str, Filled]:
    """Give the text of every one of ``VALUES``: what is known, or the stand-in of the file."""
    persons = persons_in(facts)
    kinds, all_known = _kinds(explanations, values, language)
    known = {
        "facility": _said(values.facility, language),
        "day": _day(values.day, language) if values.day else "",
        "found_at": _moment(values.found_at, language) if values.found_at else "",
        "not_working": _said(values.not_working, language),
        "data_kinds": kinds,
        "persons": f"{persons:,}" if persons is not None else "",
        "cause": _said(values.cause, language),
        "contact": _said(values.contact, language),
        "next_information": _said(values.next_information, language),
    }
    texts = {
        name: Filled(text) if text else Filled(explanations.blanks[name].in_language(language), known=False)
        for name, text in known.items()
    }
    if kinds and not all_known:
        texts["data_kinds"] = Filled(kinds, known=False)
    return texts


def seen(facts: Mapping[str, str], values: Mapping[str, Filled]) -> dict[str, str]:
    """Give the facts together with ``has_<value>``: ``no`` while a stand-in is all there is."""
    return {**facts, **{f"has_{name}": "yes" if value.known else "no" for name, value in values.items()}}


def _said(value: str | Text, language: Language) -> str:
    text = value if isinstance(value, str) else value.in_language(language)
    return " ".join(text.split())  # one line: a typed line break must not look like the end of a paragraph


def _kinds(explanations: Explanations, values: Values, language: Language) -> tuple[str, bool]:
    wordings = [
        kind if isinstance(kind, Text) else explanations.data_kinds.get(kind, explanations.more_data_kinds)
        for kind in values.data_kinds
    ]
    # What has no wording comes last and once, whatever was ticked before it.
    named = [kind for kind in dict.fromkeys(wordings) if kind != explanations.more_data_kinds]
    missing = explanations.more_data_kinds in wordings
    texts = [_said(kind, language) for kind in [*named, *([explanations.more_data_kinds] if missing else [])]]
    return CLAUSES.in_language(language).join(texts), not missing


def _day(day: date, language: Language) -> str:
    weekday, month = (
        Phrase("playbooks", f"dates.weekdays.{NAMES[day.weekday()]}"),
        Phrase("playbooks", f"dates.months.{day.month}"),
    )
    facts = (("year", day.year), ("month", month), ("day", day.day), ("weekday", weekday))
    return Phrase("playbooks", "dates.day", facts).in_language(language)


def _moment(moment: datetime, language: Language) -> str:
    facts = (("day", _day(moment, language)), ("hour", moment.hour), ("minute", f"{moment.minute:02}"))
    return Phrase("playbooks", "dates.moment", facts).in_language(language)
