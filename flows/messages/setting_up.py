"""What is said while a facility is set up, by questions or by a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.messages.message import Message, Plain


@dataclass(frozen=True)
class AskSetup(Message):
    """A question of the set-up; ``read`` is the one whose written answer was read just before, to be said back."""

    question: str
    turn: int = 0
    region: str = ""
    read: str = ""


@dataclass(frozen=True)
class AskSetupPoster(AskSetup):
    """The text for the door, in the facility's own words."""


@dataclass(frozen=True)
class SetupUnreadable(Message, name="setup.unreadable"):
    """An answer can't be read."""

    question: str
    reason: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AskSetupSentence(Message):
    """An answer can't be read; is it a call for help?"""

    turn: int
    question: str
    reason: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AskSetupName(Message):
    """A name that nobody here bears; is it somebody new?"""

    turn: int
    question: str
    name: str = ""
    text: str = ""


@dataclass(frozen=True)
class SetupMenu(Message, name="setup.menu"):
    """The steps of the set-up."""


@dataclass(frozen=True)
class SetupStep(Message, name="setup.step"):
    """The questions of one step."""

    step: str


@dataclass(frozen=True)
class SetupEnd(Message, name="setup.end"):
    """The set-up is over."""


@dataclass(frozen=True)
class WorkbookTemplate(Message, name="workbook.template"):
    """An empty workbook."""


@dataclass(frozen=True)
class WorkbookExport(Message, name="workbook.export"):
    """The registry as a workbook."""


@dataclass(frozen=True)
class WorkbookTaken(Plain, name="workbook.received"):
    """Your workbook has arrived and is being read."""

    name: str = ""


@dataclass(frozen=True)
class WorkbookUnchanged(Plain, name="workbook.unchanged"):
    """Nothing in it is new."""

    workbook: int = 0


@dataclass(frozen=True)
class WorkbookLost(Plain, name="workbook.lost"):
    """It could not be fetched."""

    workbook: int = 0


@dataclass(frozen=True)
class WorkbookDropped(Plain, name="workbook.dropped"):
    """It was not entered."""

    workbook: int = 0


@dataclass(frozen=True)
class WorkbookOutdated(Plain, name="workbook.outdated"):
    """What it would change has changed meanwhile."""

    workbook: int = 0


@dataclass(frozen=True)
class WorkbookMistaken(Message, name="workbook.mistaken"):
    """There are mistakes in it."""

    workbook: int
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class WorkbookOffered(Message, name="workbook.offered"):
    """What it would change; shall it?"""

    workbook: int
    count: int
    lines: tuple[str, ...]
    advice: tuple[str, ...]
    added: int
    changed: int
    removed: int


@dataclass(frozen=True)
class WorkbookRegistered(Message, name="workbook.registered"):
    """It is entered."""

    workbook: int
    count: int


@dataclass(frozen=True)
class AskWorkbookOrEvidence(Message):
    """Is it to be read, or kept as evidence?"""

    turn: int
    runs: tuple[str, ...]
