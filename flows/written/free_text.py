"""Free text: which fields of which events hold words that people wrote. Whatever is handed on asks this table.

Nobody can tell by itself whom or what such words name, so they go to others only after somebody has looked at them. A
text that was approved word for word (:class:`flows.events.explaining.ExplanationApproved`) has been.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from flows.events.calling import GradeLowered, Reported, ReportedAgain
from flows.events.drilling import FeedbackGiven, FeedbackReleased, InjectAdded, VendorLesson
from flows.events.drills import LEFT, NEW_CADENCE, DrillCancelled, DrillMoved
from flows.events.ending import Aborted, FalseAlarm, Reopened, ReviewAnswered, Waived
from flows.events.event import Event
from flows.events.explaining import ExplanationUsed
from flows.events.facility import DangerSeen, DangerTold, MaskLifted, NumberOffered
from flows.events.helping import MadeUp
from flows.events.papers import WITHHELD_FOR, TextsLookedAt
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
    NumberOffered: ("number",),
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
                NumberOffered,
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

_SAID = frozenset({"text", "promised", "unknown", "called", "name", "read", "file_name", "caption"})
"""The keys under which a field that holds several things keeps what somebody wrote."""

_NAME_OF_OURS = re.compile(r"[\w:.,/+=-]*", re.ASCII)
"""What stands under any other key, as long as it is an id, a moment or a name of ours; no sentence reads so."""

_OUR_REASONS: Mapping[str, frozenset[str]] = {
    kept_name(DrillCancelled): frozenset({LEFT, NEW_CADENCE}),
    kept_name(TextsLookedAt): frozenset(WITHHELD_FOR),
}
"""The reasons that are given by the program, or by a tap."""


def written(kind: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Give what people wrote in an entry's body, by field; empty where they wrote nothing. A number they wrote is none."""
    said = {field: "\n".join(_texts(field, body.get(field))) for field in FREE_TEXT.get(kind, ())}
    ours = _OUR_REASONS.get(kind, frozenset())
    return {field: text for field, text in said.items() if text not in ours and any(map(str.isalnum, text))}


def texts_in(kind: str, body: Mapping[str, Any]) -> Iterable[str]:
    """Give each text that people wrote in an entry's body by itself, as screens quote it."""
    for field in FREE_TEXT.get(kind, ()):
        yield from _texts(field, body.get(field))


def _texts(field: str, value: Any) -> Iterable[str]:
    """Give each text that people wrote in the value of a field, once."""
    found: dict[str, None] = {}

    def take(text: str) -> str:
        if text:
            found[text] = None
        return text

    _changed(field, value, take, but_names=True)
    return found


def veiled(event: E, mark: str) -> E:
    """Give an event with ``mark`` in the place of whatever people wrote in it; all that is no free text stays."""
    return _rewritten(event, lambda _: mark, but_names=True)


def rewritten(event: E, change: Callable[[str], str]) -> E:
    """Give an event with each text in its free text changed; what ``change`` leaves alone stays, names of ours among it."""
    return _rewritten(event, change, but_names=False)


def _rewritten(event: E, change: Callable[[str], str], *, but_names: bool) -> E:
    kind = kept_name(type(event))
    fields = written(kind, vars(event)) if but_names else FREE_TEXT.get(kind, ())
    changed = {field: _changed(field, getattr(event, field), change, but_names=but_names) for field in fields}
    return replace(event, **changed)


def _changed(field: str, value: Any, change: Callable[[str], str], *, but_names: bool) -> Any:
    if field in _OF_FACTS and isinstance(value, Mapping):
        return {name: change(fact) if _is_typed(fact) else fact for name, fact in value.items()}
    return changed_in(value, change, but_names=but_names)


def _is_typed(fact: Any) -> bool:
    """Say whether a fact was neither chosen nor read: somebody wrote it."""
    return isinstance(fact, str) and not _FACT.fullmatch(fact)


def changed_in(value: Any, change: Callable[[str], str], *, but_names: bool = False) -> Any:
    """Give a value with each text in it changed, but for what was read out of one, and for causes.

    ``but_names``: ids and names of ours stay, too, wherever they don't stand under a key for words.
    """
    match value:
        case str():
            return change(value)
        case {"value": int(), "text": str()}:
            return value  # read as a number, sign by sign: there is nothing else in it
        case Mapping():
            return {key: _changed_under(key, one, value, change, but_names=but_names) for key, one in value.items()}
        case list():
            return [changed_in(one, change, but_names=but_names) for one in value]
        case tuple():
            return tuple(changed_in(one, change, but_names=but_names) for one in value)
        case _:
            return value


def _changed_under(
    key: str, one: Any, beside: Mapping[str, Any], change: Callable[[str], str], *, but_names: bool
) -> Any:
    own = beside.get("text")
    if key == "cause" or (key in _READ_OUT and (one != own or own is None)):
        return one
    if but_names and key not in (*_SAID, *_READ_OUT):
        return changed_in(one, lambda text: text if _NAME_OF_OURS.fullmatch(text) else change(text), but_names=True)
    return changed_in(one, change, but_names=but_names)
