"""The shape of drills: their kinds with the default calendar, tabletop scenarios with injects, quiz questions, measures.

Everything that is said or asked stands in ``playbooks/drills``; what is run are the same playbooks as in an incident.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from playbooks.model import FACILITY_KINDS, FacilityKind, FactValue, Playbook
from playbooks.texts import Data, Text
from playbooks.weekdays import WeekdayName, weekdays_by_name

EVERYBODY = "everybody"
"""Whom an inject may be meant for beside a role."""

How = Literal["phone", "in_person", "screen", "paper", "email", "fax", "news"]
HOWS: tuple[How, ...] = get_args(How)
"""The ways in which something reaches people during a drill."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Month = Annotated[int, Field(ge=1, le=12)]
Minutes = Annotated[int, Field(ge=1, le=480)]
Weekdays = Annotated[tuple[WeekdayName, ...], BeforeValidator(weekdays_by_name)]
Months = Literal[1, 2, 3, 4, 6, 12]
"""The cycles that fit into a fiscal year."""

_REACHED = r"^(?:acknowledged:[a-z_]+|contact:[a-z_]+(?::[a-z_]+)?|[a-z0-9_]+/[a-z0-9_]+)$"
Reached = Annotated[str, StringConstraints(pattern=_REACHED)]
"""What ends a measure: ``track/step`` settled in any playbook, ``acknowledged:director`` (that role confirmed the alarm),
``contact:authority:police`` (a step with that contact settled) or ``contact:vendor`` (with any contact of that kind)."""

After = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+/[a-z0-9_]+(?:=[a-z0-9_]+)?$")]
"""``track/step`` or ``track/step=answer``, where the answer may be one of the step's choices."""


class Question(Data):
    """One question of the quiz; ``right`` is None where none of the options is better, and then needs no ``because``."""

    id: Id
    ask: Text
    options: dict[Id, Text] = Field(min_length=2)
    right: str | None = None
    because: Text | None = None
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)

    @model_validator(mode="after")
    def _can_be_judged(self) -> Question:
        if self.right is not None and self.right not in self.options:
            raise ValueError(f"the right answer `{self.right}` is none of the options; name one of them")
        if self.right is not None and self.because is None:
            raise ValueError("nobody learns why the answer is right; add `because: {ja: …, en: …}`")
        return self


class DrillKind(Data):
    """One kind of drill in the default calendar.

    ``slot``: ``session`` fits between two patients while open (at most 3 minutes); ``marked`` needs a time that the
    facility marked for drills. ``every_months`` is the cycle, None for what only an event brings. ``months`` are the
    preferred calendar months, empty if the planner spreads them; ``weekdays`` the only ones on which it is held, empty
    for all. ``owner`` is the role that runs it. ``real_contacts``
    means that the drill is about the numbers themselves: they are shown as they are, not as a pretended call.
    """

    id: Id
    title: Text
    purpose: Text
    minutes: Minutes
    slot: Literal["session", "marked"]
    every_months: Months | None = None
    months: tuple[Month, ...] = ()
    weekdays: Weekdays = ()
    before_long_holidays: bool = False
    within_days_of_joining: int | None = Field(None, ge=1, le=366)
    announced: bool = True
    everybody: bool
    owner: str
    playbook: str | None = None
    scenarios: bool = False
    questions: tuple[Question, ...] = ()
    real_contacts: bool = False
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_held(self) -> DrillKind:
        if self.slot == "session" and self.minutes > 3:
            raise ValueError("more than 3 minutes do not fit between two patients; write `slot: marked`")
        if (self.playbook is not None) + self.scenarios + bool(self.questions) != 1:
            raise ValueError(
                "a drill runs one thing; write `playbook:`, `scenarios: true` or `questions:`, one of them"
            )
        if self.every_months is None and self.within_days_of_joining is None:
            raise ValueError("nothing ever brings this drill; add `every_months:` or `within_days_of_joining:`")
        return self

    def questions_for(self, facility: FacilityKind) -> tuple[Question, ...]:
        """Give the quiz questions that fit a kind of facility, in their order."""
        return tuple(question for question in self.questions if facility in question.facilities)


class Objective(Data):
    """What a scenario is to show; ``measure`` is the id of a measure, None where people rate it."""

    id: Id
    text: Text
    measure: str | None = None


class Inject(Data):
    """Something that happens during a drill: from whom, how, to whom.

    It comes ``at`` so many minutes after the start, or ``delay`` minutes after a step or answer (``after``). ``to`` is
    a role or ``everybody``. ``asks`` puts a decision or question to them; ``expects`` tells the facilitator alone what
    to listen for.
    """

    id: Id
    at: int | None = Field(None, ge=0, le=480)
    after: After | None = None
    delay: int = Field(0, ge=0, le=120)
    sender: Text
    how: How
    to: str
    text: Text
    asks: Text | None = None
    expects: Text
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)

    @model_validator(mode="after")
    def _comes_once(self) -> Inject:
        if (self.at is None) == (self.after is None):
            raise ValueError("an inject comes at a time or after a step; write `at:` or `after:`, one of them")
        if self.delay and self.after is None:
            raise ValueError("`delay` counts from a step; add it to `at` instead")
        return self

    @property
    def step(self) -> tuple[str, str, str | None] | None:
        """Track, step and answer after which it comes; None if it comes at a time."""
        if self.after is None:
            return None
        place, _, answer = self.after.partition("=")
        track, _, step = place.partition("/")
        return track, step, answer or None


class Scenario(Data):
    """A story for a tabletop drill, played with one playbook.

    ``situation`` is read aloud at the start, ``opening`` is what the first reporter sees. ``questions`` are put to all
    afterwards and have no right answer. ``facts`` hold from the start beside the playbook's own.
    """

    id: Id
    title: Text
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)
    playbook: str
    minutes: Minutes
    situation: Text
    opening: Text
    objectives: tuple[Objective, ...] = Field(min_length=1)
    injects: tuple[Inject, ...] = ()
    questions: tuple[Text, ...] = ()
    facts: dict[str, FactValue] = {}
    source: str = Field(min_length=1)

    def injects_for(self, facility: FacilityKind) -> tuple[Inject, ...]:
        """Give the injects that fit a kind of facility, in their order."""
        return tuple(inject for inject in self.injects if facility in inject.facilities)


class Measure(Data):
    """A time that is taken from the start of a drill to the first of ``reached_by``; the target is in minutes."""

    id: Id
    title: Text
    target_minutes: Minutes
    reached_by: tuple[Reached, ...] = Field(min_length=1)

    def reached_in(self, playbook: Playbook) -> frozenset[tuple[str, str]]:
        """Give the steps and lines of a playbook, as (track, step) and (track, card/line), that reach it."""
        contacts = [name.removeprefix("contact:") for name in self.reached_by if name.startswith("contact:")]
        found: set[tuple[str, str]] = set()
        for (track, name), place in playbook.places().items():
            contact = playbook.step(track, place).contact or ""
            if f"{track}/{name}" in self.reached_by or any(f"{contact}:".startswith(f"{one}:") for one in contacts):
                found.add((track, place))
        return frozenset(found)

    def ends_in(self, playbook: Playbook) -> bool:
        """Say whether anything in a run of this playbook can reach it; the alarm's roll call is in every run."""
        return bool(self.reached_in(playbook)) or any(name.startswith("acknowledged:") for name in self.reached_by)


class DrillLibrary(Data):
    """All kinds, scenarios and measures by id; only sound ones are in it."""

    kinds: dict[str, DrillKind] = {}
    scenarios: dict[str, Scenario] = {}
    measures: dict[str, Measure] = {}

    def scenarios_for(self, facility: FacilityKind) -> tuple[Scenario, ...]:
        """Give the scenarios for a kind of facility, in the order of their ids."""
        return tuple(one for _, one in sorted(self.scenarios.items()) if facility in one.facilities)
