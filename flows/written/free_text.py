"""Free text: which fields of which events hold words that people wrote. Whatever is handed on asks this table.

Nobody can tell by itself whom or what such words name, so they go to others only after somebody has looked at them. A
text that was approved word for word (:class:`flows.events.explaining.ExplanationApproved`) has been.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from flows.events.calling import GradeLowered, Reported, ReportedAgain
from flows.events.drilling import FeedbackGiven, FeedbackReleased, InjectAdded, VendorLesson
from flows.events.drills import DrillCancelled, DrillMoved
from flows.events.ending import Aborted, FalseAlarm, Reopened, ReviewAnswered, Waived
from flows.events.event import Event
from flows.events.explaining import ExplanationUsed
from flows.events.facility import DangerSeen, DangerTold, MaskLifted
from flows.events.helping import MadeUp
from flows.events.papers import TextsLookedAt
from flows.events.promising import PromiseRenewed
from flows.events.reporting import DutyFiled, DutyRefused, DutyWithdrawn, KnownAtMoved
from flows.events.setting_up import WorkbookReceived
from flows.events.telling import (
    Corrected,
    Decided,
    DeedConfirmed,
    EvidenceReceived,
    NoteTaken,
    PleaAnswered,
    PleaHeard,
    Ratified,
)
from flows.events.upkeep import TaskDone, TaskDropped, TaskOpened
from flows.events.working import AnswerUndone, Asked, FactsLearned, HandedOver, LineSettled, StepAnswered
from flows.naming import kept_name

BLACK = "■■■"
"""What stands in the place of words that were blacked out; it is no word."""

E = TypeVar("E", bound=Event)

_WRITTEN: Mapping[type[Event], tuple[str, ...]] = {
    Reported: ("text",),
    ReportedAgain: ("text",),
    GradeLowered: ("reason",),
    StepAnswered: ("given", "reason", "sets"),
    LineSettled: ("given", "reason", "sets"),
    MadeUp: ("sets",),
    FactsLearned: ("sets",),
    AnswerUndone: ("restores",),
    HandedOver: ("reason",),
    Asked: ("about",),
    NoteTaken: ("text",),
    PleaHeard: ("about",),
    PleaAnswered: ("text",),
    DeedConfirmed: ("text",),
    Corrected: ("text",),
    EvidenceReceived: ("file_name", "caption"),
    Decided: ("reason",),
    Ratified: ("reason",),
    PromiseRenewed: ("text",),
    KnownAtMoved: ("reason",),
    DutyFiled: ("receipt", "facts"),
    DutyWithdrawn: ("reason", "receipt"),
    DutyRefused: ("reason", "facts"),
    ExplanationUsed: ("about",),
    TextsLookedAt: ("reason",),
    Waived: ("reason",),
    ReviewAnswered: ("text",),
    Reopened: ("reason",),
    FalseAlarm: ("reason",),
    Aborted: ("reason",),
    InjectAdded: ("text",),
    FeedbackGiven: ("text",),
    FeedbackReleased: ("texts",),
    VendorLesson: ("text",),
    DangerSeen: ("text",),
    DangerTold: ("text",),
    MaskLifted: ("text",),
    TaskOpened: ("about",),
    TaskDone: ("how",),
    TaskDropped: ("reason",),
    WorkbookReceived: ("file_name",),
    DrillMoved: ("reason",),
    DrillCancelled: ("reason",),
}

FREE_TEXT: Mapping[str, tuple[str, ...]] = {kept_name(event): fields for event, fields in _WRITTEN.items()}
"""The fields that hold what people wrote, by the kind of entry."""

KEPT_HERE = frozenset(
    map(
        kept_name,
        (
            *(Asked, PleaHeard, PromiseRenewed, TextsLookedAt, Waived, ReviewAnswered, InjectAdded, FeedbackGiven),
            *(
                FeedbackReleased,
                VendorLesson,
                DangerSeen,
                DangerTold,
                MaskLifted,
                TaskOpened,
                TaskDone,
                TaskDropped,
                WorkbookReceived,
            ),
        ),
    )
)
"""Kinds of entries whose words are the house's own: neither a bundle nor a document gives them to anybody else."""

_OF_FACTS = frozenset({"sets", "facts", "restores"})
"""Fields that hold facts: a step of a facility's own may make a fact of a text that somebody wrote."""

_FACT = re.compile(r"[a-z_]*|\d{1,9}|\d{4}-\d\d-\d\dT[\d:.+-]+")
"""What a fact holds that was chosen, counted or read as a time."""

_READ_OUT = frozenset({"value", "until", "ticked", "choice", "evidence"})
"""What an answer hands over beside its words (:data:`flows.written.taking.Given`)."""


def written(kind: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Give what people wrote in an entry's body, by field; empty where they wrote nothing. A number they wrote is none."""
    said = {
        field: "\n".join(_typed(body.get(field)).values()) if field in _OF_FACTS else _words(body.get(field))
        for field in FREE_TEXT.get(kind, ())
    }
    return {field: text for field, text in said.items() if any(map(str.isalnum, text))}


def _typed(facts: Any) -> dict[str, str]:
    """Give the facts that are neither chosen nor read: what somebody wrote."""
    return {
        name: value for name, value in (facts or {}).items() if isinstance(value, str) and not _FACT.fullmatch(value)
    }


def _words(value: object) -> str:
    match value:
        case str():
            return value
        case {"value": int()}:
            return ""  # read as a number, sign by sign: there is nothing else in it
        case Mapping():
            return "\n".join(text for key, one in value.items() if key not in _READ_OUT and (text := _words(one)))
        case list() | tuple():
            return "\n".join(text for one in value if (text := _words(one)))
        case _:
            return ""


def veiled(event: E, mark: str) -> E:
    """Give an event with ``mark`` in the place of whatever people wrote in it; all that is no free text stays."""
    return rewritten(event, lambda _: mark)


def rewritten(event: E, change: Callable[[str], str]) -> E:
    """Give an event with each text that people wrote in it changed; all that is no free text stays."""
    changed: dict[str, Any] = {}
    for field in written(kept_name(type(event)), vars(event)):
        value = getattr(event, field)
        if field in _OF_FACTS:
            changed[field] = {**value, **{name: change(text) for name, text in _typed(value).items()}}
        else:
            changed[field] = changed_in(value, change)
    return replace(event, **changed)


def changed_in(value: Any, change: Callable[[str], str]) -> Any:
    """Give a value with each text in it changed, but for what was read out of one, and for causes."""
    match value:
        case str():
            return change(value)
        case Mapping():
            own = value.get("text")
            stays = {k for k, one in value.items() if k == "cause" or (k in _READ_OUT and (one != own or own is None))}
            return {k: one if k in stays else changed_in(one, change) for k, one in value.items()}
        case list():
            return [changed_in(one, change) for one in value]
        case tuple():
            return tuple(changed_in(one, change) for one in value)
        case _:
            return value
