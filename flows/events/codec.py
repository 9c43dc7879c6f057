"""How events are written into the journal and read back: a kind and JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from flows.events.calling import (
    Acknowledged,
    Alarmed,
    AlarmRepeated,
    CommandAsked,
    CommandLapsed,
    CommandOffered,
    CommandTaken,
    Declared,
    Reported,
    ReportedAgain,
    ReportNudged,
    Returned,
)
from flows.events.ending import Aborted, Closed, FalseAlarm, Reopened, ReviewAnswered, ReviewBegun, Waived
from flows.events.explaining import ExplanationApproved, ExplanationUsed
from flows.events.facility import (
    ContactChanged,
    FacilityMade,
    MemberChanged,
    MemberEnrolled,
    MemberInvited,
    MemberReachable,
    MemberSuspended,
    MemberUnreachable,
    RegistryChanged,
)
from flows.events.reporting import DutyFiled, DutyRefused, DutyReminded, KnownAtMoved
from flows.events.telling import (
    Corrected,
    Decided,
    EvidenceKept,
    EvidenceLost,
    EvidenceReceived,
    NoteShared,
    NoteTaken,
    Ratified,
)
from flows.events.working import (
    AnswerTakenBack,
    Asked,
    AskingDropped,
    FactsLearned,
    HandedOver,
    HelpGiven,
    ItemTicked,
    StepAnswered,
    StepReleased,
    StepReminded,
    StepShown,
    TrackStarted,
)

RunEvent = (
    Reported | ReportNudged | Declared | Alarmed | ReportedAgain | Acknowledged | AlarmRepeated | Returned | CommandAsked | CommandOffered
    | CommandTaken | CommandLapsed | TrackStarted | StepShown | StepReminded | StepReleased | ItemTicked | HelpGiven
    | StepAnswered | AnswerTakenBack | FactsLearned | HandedOver | Asked | AskingDropped | NoteTaken | NoteShared
    | Corrected | EvidenceReceived | EvidenceKept | EvidenceLost | Decided | Ratified | Waived | ReviewBegun | ReviewAnswered
    | ExplanationApproved | ExplanationUsed | DutyFiled | DutyRefused | DutyReminded | KnownAtMoved | Closed | Reopened | FalseAlarm | Aborted
)  # fmt: skip
"""Everything that changes a run; :func:`flows.replay.apply` knows each, and mypy names the one it forgets."""

FacilityEvent = (
    FacilityMade
    | MemberInvited
    | MemberEnrolled
    | MemberChanged
    | MemberSuspended
    | MemberUnreachable
    | MemberReachable
    | ContactChanged
    | RegistryChanged
    | Asked
)


Event = RunEvent | FacilityEvent


def kind_of(cls: type) -> str:
    """Give the kind under which events of a class are kept."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


KINDS: dict[str, type[Event]] = {
    kind_of(cls): cls for cls in dict.fromkeys((*get_args(RunEvent), *get_args(FacilityEvent)))
}
"""The event classes by the kind under which the journal keeps them (``StepShown`` is ``step_shown``)."""


def encode(event: Event) -> tuple[str, str]:
    """Give an event's kind and its body as JSON text."""
    body = {f.name: getattr(event, f.name) for f in fields(event)}
    return kind_of(type(event)), json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(kind: str, body: str) -> Event | None:
    """Read an event back; None for kinds that say nothing about a run's state (seals, journal breaks)."""
    cls = KINDS.get(kind)
    if cls is None:
        return None
    said: Mapping[str, Any] = json.loads(body)
    known = {f.name for f in fields(cls)}

    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in said.items() if n in known}
    return cls(**values)
