"""What happened, as the journal keeps it; every shape here lives for ever (see tests/histories).

Fields hold only what JSON holds; lists are tuples. A new field needs a default, so that old journals still replay.
``member`` is whom an event is about; the entry's ``actor`` is who did it, which differs when somebody acts on behalf.
"""

from __future__ import annotations

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
from flows.events.drilling import (
    Excused,
    ExcuseEnded,
    ExerciseBegun,
    ExercisePaused,
    ExerciseResumed,
    FacilitatorChanged,
    FeedbackGiven,
    FeedbackReleased,
    InjectAdded,
    InjectHeld,
    InjectSent,
    InjectSkipped,
    ObjectiveRated,
    QuestionAnswered,
)
from flows.events.drills import (
    CadenceChanged,
    DrillAnnounced,
    DrillCancelled,
    DrillDebriefed,
    DrillMissed,
    DrillMoved,
    DrillPlanned,
    DrillReminded,
    DrillScenarioChosen,
    DrillSignedOff,
    DrillStarted,
    YearPlanned,
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
from flows.events.papers import DocumentApproved
from flows.events.promising import PromiseKept, PromiseMoved, PromiseReminded, PromiseRenewed
from flows.events.reporting import DutyFiled, DutyRefused, DutyReminded, KnownAtMoved
from flows.events.setting_up import SetupBegun, SetupPassed, WorkbookMoved, WorkbookReceived
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
from flows.events.upkeep import (
    TaskDone,
    TaskDropped,
    TaskGiven,
    TaskOpened,
    TaskVerified,
    UpkeepBroughtUp,
    WallPackMade,
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
    | ExerciseBegun | InjectSent | InjectHeld | InjectSkipped | InjectAdded | FacilitatorChanged | Excused | ExcuseEnded
    | ExercisePaused | ExerciseResumed | QuestionAnswered | ObjectiveRated | FeedbackGiven | FeedbackReleased
    | ExplanationApproved | ExplanationUsed | DocumentApproved | PromiseMoved | PromiseReminded | PromiseKept | PromiseRenewed
    | DutyFiled | DutyRefused | DutyReminded | KnownAtMoved | Closed | Reopened | FalseAlarm | Aborted
)  # fmt: skip
"""Everything that changes a run; :func:`flows.state.replay.apply` knows each, and mypy names the one it forgets."""

DrillEvent = (
    YearPlanned | DrillPlanned | DrillMoved | DrillAnnounced | DrillReminded | DrillScenarioChosen | DrillStarted
    | DrillMissed | DrillDebriefed | DrillSignedOff | DrillCancelled | CadenceChanged
)  # fmt: skip
"""Everything that changes the calendar of drills."""

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
    | UpkeepBroughtUp
    | WallPackMade
    | TaskOpened
    | TaskGiven
    | TaskDone
    | TaskVerified
    | TaskDropped
    | DrillEvent
    | Asked
    | AskingDropped
    | SetupBegun
    | SetupPassed
    | WorkbookReceived
    | WorkbookMoved
)


Event = RunEvent | FacilityEvent
"""Everything that stands in a journal."""

__all__ = [
    "Aborted",
    "Acknowledged",
    "AlarmRepeated",
    "Alarmed",
    "AnswerTakenBack",
    "Asked",
    "AskingDropped",
    "CadenceChanged",
    "Closed",
    "CommandAsked",
    "CommandLapsed",
    "CommandOffered",
    "CommandTaken",
    "ContactChanged",
    "Corrected",
    "Decided",
    "Declared",
    "DocumentApproved",
    "DrillAnnounced",
    "DrillCancelled",
    "DrillDebriefed",
    "DrillEvent",
    "DrillMissed",
    "DrillMoved",
    "DrillPlanned",
    "DrillReminded",
    "DrillScenarioChosen",
    "DrillSignedOff",
    "DrillStarted",
    "DutyFiled",
    "DutyRefused",
    "DutyReminded",
    "Event",
    "EvidenceKept",
    "EvidenceLost",
    "EvidenceReceived",
    "ExcuseEnded",
    "Excused",
    "ExerciseBegun",
    "ExercisePaused",
    "ExerciseResumed",
    "ExplanationApproved",
    "ExplanationUsed",
    "FacilitatorChanged",
    "FacilityEvent",
    "FacilityMade",
    "FactsLearned",
    "FalseAlarm",
    "FeedbackGiven",
    "FeedbackReleased",
    "HandedOver",
    "HelpGiven",
    "InjectAdded",
    "InjectHeld",
    "InjectSent",
    "InjectSkipped",
    "ItemTicked",
    "KnownAtMoved",
    "MemberChanged",
    "MemberEnrolled",
    "MemberInvited",
    "MemberReachable",
    "MemberSuspended",
    "MemberUnreachable",
    "NoteShared",
    "NoteTaken",
    "ObjectiveRated",
    "PromiseKept",
    "PromiseMoved",
    "PromiseReminded",
    "PromiseRenewed",
    "QuestionAnswered",
    "Ratified",
    "RegistryChanged",
    "Reopened",
    "ReportNudged",
    "Reported",
    "ReportedAgain",
    "Returned",
    "ReviewAnswered",
    "ReviewBegun",
    "RunEvent",
    "SetupBegun",
    "SetupPassed",
    "StepAnswered",
    "StepReleased",
    "StepReminded",
    "StepShown",
    "TaskDone",
    "TaskDropped",
    "TaskGiven",
    "TaskOpened",
    "TaskVerified",
    "TrackStarted",
    "UpkeepBroughtUp",
    "Waived",
    "WallPackMade",
    "WorkbookMoved",
    "WorkbookReceived",
    "YearPlanned",
]
