"""A playbook as its author writes it: with shorthands, defaults left out, and tracks shared between playbooks.

These shapes read the YAML and make the JSON Schema for editors; ``playbooks.authoring.completing`` spells them out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from playbooks.model import FACILITY_KINDS, Decision, Event, FacilityKind, Grade, Known, Stage, Use, seconds
from playbooks.step_types import Takes
from playbooks.texts import Data, Text, Texts


def _leads_to(written: object) -> object:
    """Read ``done: next_step`` as ``done: {to: next_step}`` and ``done:`` as ``done: {}``."""
    if written is None:
        return {}
    return {"to": written} if isinstance(written, str) else written


def _as_text(written: object) -> object:
    """Read a whole number as the text a fact holds; a boolean is left to be refused."""
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


FactText = Annotated[
    str, BeforeValidator(_as_text, json_schema_input_type=str | int), Field(min_length=1, max_length=40)
]
Facts = dict[str, FactText]


Span = Annotated[
    int,
    BeforeValidator(seconds, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{1,4} ?(min|h|d)$")]),
    Field(ge=60, le=90 * 86400),
]
"""Seconds, written as ``5 min``, ``2 h`` or ``1 d``: at least a minute, at most 90 days."""


class WrittenAnswer(Data):
    """An answer; ``to`` left out leads to the next step (``unsure`` stays where it is)."""

    label: Text | None = Field(None, description="What the button says, at most 20 Japanese characters.")
    to: str | None = Field(None, description="A step of this track, or `end`. Left out: the next step.")
    reason: Literal["none", "required"] | None = Field(None, description="Whether the person has to say why.")
    call: str | None = Field(None, description="Whom to ask, such as `vendor:ehr`.")
    sets: Facts = Field({}, description="Facts that this answer establishes.")
    starts: tuple[str, ...] = Field((), description="Tracks that begin with this answer.")
    settles: bool | None = Field(None, description="Whether the step counts as done.")
    hands_over: str | None = Field(None, description="The playbook that takes over.")


class WrittenChoice(Data):
    """One of the things to choose or tick."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)
    sets: Facts = Field({}, description="Facts that this choice establishes.")
    to: str | None = Field(None, description="Where this choice leads on by itself.")
    starts: tuple[str, ...] = Field((), description="Tracks that begin with this choice.")


Leads = Annotated[WrittenAnswer, BeforeValidator(_leads_to, json_schema_input_type=WrittenAnswer | str | None)]


class WrittenLine(Data):
    """A line of a card: an action of its own, settled in any order."""

    ja: str = Field(min_length=1, description="The action, at most 30 characters.")
    en: str = Field(min_length=1)
    why: Text | None = None
    never: Texts = Texts()
    takes: Takes = "nothing"
    evidence: Literal["required", "welcome"] = "required"
    choices: dict[str, WrittenChoice] = {}
    value: str | None = Field(None, description="The fact that takes the number, text or time.")
    unit: Text | None = None
    files: str | None = Field(None, description="The reporting duty that is fulfilled when this is done.")
    contact: str | None = Field(None, description="Whom to call, such as `vendor:ehr`.")
    picture: str | None = Field(None, description="What to show to whoever doesn't know the thing, such as `lan_plug`.")
    known: tuple[Known, ...] = Field(
        (), description="What set-up asked that belongs beside it, such as `phones_on_line`."
    )
    optional: bool = False
    hands: bool = Field(False, description="Whether it takes somebody in the house with their hands free.")
    when: str | None = Field(None, description="Only then, such as `leak != none and persons > 1000`.")
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)
    answers: dict[str, Leads] = {}
    source: str | None = Field(None, min_length=1, description="Where this line comes from. Left out: as the card.")


class WrittenStep(Data):
    """One action for one person."""

    ask: Text = Field(description="One action in plain words, at most 120 Japanese characters.")
    why: Text | None = None
    never: Texts = Texts()
    role: str | None = Field(None, description="Who does it. Left out: the track's role; `commander` for a decision.")
    takes: Takes = "nothing"
    evidence: Literal["required", "welcome"] = "required"
    choices: dict[str, WrittenChoice] = {}
    value: str | None = Field(None, description="The fact that takes the number, text or time.")
    unit: Text | None = None
    decision: Decision | None = None
    files: str | None = Field(None, description="The reporting duty that is fulfilled when this is done.")
    contact: str | None = Field(None, description="Whom to call, such as `vendor:ehr`.")
    picture: str | None = Field(None, description="What to show to whoever doesn't know the thing, such as `lan_plug`.")
    known: tuple[Known, ...] = Field(
        (), description="What set-up asked that belongs beside it, such as `phones_on_line`."
    )
    within: Span = Field(600, description="Time allowed: `5 min`, `2 h` or `1 d`.")
    urgency: int | None = Field(None, ge=1, le=9, description="Shown before others. Left out: the track's.")
    optional: bool = False
    hands: bool = Field(False, description="Whether it takes somebody in the house with their hands free.")
    gated: bool = Field(
        False, description="A draft, approval or notice: waits until the spread is stopped, an hour at most."
    )
    when: str | None = Field(None, description="Only then, such as `leak != none and persons > 1000`.")
    otherwise: str | None = Field(
        None, description="Where to go when the step is passed over. Left out: the next step."
    )
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)
    answers: dict[str, Leads] = {}
    lines: dict[str, WrittenLine] = Field({}, description="What a card holds: at most seven lines.")
    source: str = Field(min_length=1, description="Where this step comes from.")


class WrittenTrack(Data):
    """A chain of steps; the first is where it begins, unless ``begin`` says otherwise."""

    title: Text
    stage: Stage
    urgency: int = Field(ge=1, le=9)
    starts: Literal["at_once", "later"] = "at_once"
    when: str | None = None
    begin: str | None = Field(None, description="The first step. Left out: the one written first.")
    help: str | None = Field(None, description="Whom `unsure` asks in every step, such as `vendor:ehr`.")
    role: str | None = Field(None, description="The role of every step that names none.")
    steps: dict[str, WrittenStep] = Field(min_length=1)


class SharedTrack(WrittenTrack):
    """A file in the folder ``tracks``, mentioned by playbooks as ``{shared: <name>}``."""

    track: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")


class SharedMention(Data):
    """A shared track, with what this playbook does differently."""

    shared: str = Field(description="The name of a file in the folder `tracks`, without .yaml.")
    starts: Literal["at_once", "later"] | None = None
    when: str | None = None
    urgency: int | None = Field(None, ge=1, le=9)


def _kind_of_track(written: Any) -> str:
    mentioned = isinstance(written, SharedMention) or (isinstance(written, dict) and "shared" in written)
    return "<shared>" if mentioned else "<inline>"


AnyTrack = Annotated[
    Annotated[WrittenTrack, Tag("<inline>")] | Annotated[SharedMention, Tag("<shared>")], Discriminator(_kind_of_track)
]


class WrittenPlaybook(Data):
    """Everything to do in one kind of event."""

    playbook: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$", description="The file's name without .yaml.")
    title: Text
    question: Text = Field(description="What a person would say they see, at most 24 Japanese characters.")
    event: Event
    facilities: tuple[FacilityKind, ...] = Field(FACILITY_KINDS, min_length=1)
    use: tuple[Use, ...] = Field(("incident", "drill"), min_length=1)
    signs: Texts = Field(description="Words in which people would tell of this event.")
    facts: Facts = Field({}, description="Facts that hold from the start.")
    calls: Literal["everybody", "deciders"] = Field("everybody", description="Whom the alarm calls.")
    grade: Grade | None = Field(None, description="How loud it begins. Left out: `urgent` if it calls everybody.")
    raises: dict[Grade, str] = Field({}, description="What makes it as loud as that: `urgent: crime_suspected == yes`.")
    alarm: Text | None = Field(None, description="What everybody must do now, at most 60 Japanese characters.")
    first_words: Text | None = Field(
        None, description="What to do at once, at most 60 Japanese characters, no question."
    )
    cuts_network: bool = Field(False, description="Whether a network will be cut: then phones leave the Wi-Fi.")
    stops: tuple[str, ...] = Field((), description="Services whose systems stand still: `ehr` of `vendor:ehr`.")
    tracks: dict[str, AnyTrack] = Field(min_length=1)
