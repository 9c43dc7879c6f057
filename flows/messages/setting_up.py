"""What is said while a facility is set up, by questions or by a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class AskSetup(Message):
    """A question of the set-up; ``read`` is the one whose written answer was read just before, to be said back."""

    question: str
    turn: int = 0
    region: str = ""
    read: str = ""


@frozen
class AskSetupPoster(AskSetup):
    """The text for the door, in the facility's own words."""


@frozen
class SetupUnreadable(Message, name="setup.unreadable"):
    """An answer can't be read."""

    question: str
    reason: Mapping[str, Any] = field(default_factory=dict)


@frozen
class AskSetupSentence(Message):
    """An answer can't be read; is it a call for help?"""

    turn: int
    question: str
    reason: Mapping[str, Any] = field(default_factory=dict)


@frozen
class AskSetupName(Message):
    """A name that nobody here bears; is it somebody new?"""

    turn: int
    question: str
    name: str = ""
    text: str = ""


@frozen
class SetupMenu(Message, name="setup.menu"):
    """The steps of the set-up."""


@frozen
class SetupStep(Message, name="setup.step"):
    """The questions of one step."""

    step: str


@frozen
class SetupEnd(Message, name="setup.end"):
    """The set-up is over."""


@frozen
class WorkbookTemplate(Message, name="workbook.template"):
    """An empty workbook."""


@frozen
class WorkbookExport(Message, name="workbook.export"):
    """The registry as a workbook."""


@frozen
class WorkbookTaken(Plain, name="workbook.received"):
    """Your workbook has arrived and is being read."""

    name: str = ""


@frozen
class WorkbookUnchanged(Plain, name="workbook.unchanged"):
    """Nothing in it is new."""

    workbook: int = 0


@frozen
class WorkbookLost(Plain, name="workbook.lost"):
    """It could not be fetched."""

    workbook: int = 0


@frozen
class WorkbookDropped(Plain, name="workbook.dropped"):
    """It was not entered."""

    workbook: int = 0


@frozen
class WorkbookOutdated(Plain, name="workbook.outdated"):
    """What it would change has changed meanwhile."""

    workbook: int = 0


@frozen
class WorkbookMistaken(Message, name="workbook.mistaken"):
    """There are mistakes in it."""

    workbook: int
    count: int
    lines: tuple[str, ...]


@frozen
class WorkbookOffered(Message, name="workbook.offered"):
    """What it would change; shall it?"""

    workbook: int
    count: int
    lines: tuple[str, ...]
    advice: tuple[str, ...]
    added: int
    changed: int
    removed: int


@frozen
class WorkbookRegistered(Message, name="workbook.registered"):
    """It is entered."""

    workbook: int
    count: int


@frozen
class AskWorkbookOrEvidence(Message):
    """Is it to be read, or kept as evidence?"""

    turn: int
    runs: tuple[str, ...]
