"""What is ordered about the reports that are owed."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import LateCommand


@dataclass(frozen=True)
class FileReport(LateCommand):
    """The report ``duty`` was made; without a receipt (number, whom one spoke to) the bot asks for it."""

    duty: str
    receipt: str | None = None


@dataclass(frozen=True)
class WithdrawReport(LateCommand):
    """The report ``duty`` was not made after all; without a reason the bot asks for one."""

    duty: str
    reason: str | None = None


@dataclass(frozen=True)
class RefuseReport(LateCommand):
    """The report ``duty`` is not owed; without a reason the bot asks for one."""

    duty: str
    reason: str | None = None


@dataclass(frozen=True)
class MoveKnownAt(LateCommand):
    """Somebody here knew at another time; without ``text`` (a time as people write it) the bot asks."""

    text: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class AskPersons(LateCommand):
    """Let me write how many persons may be concerned."""


@dataclass(frozen=True)
class AskMyNumberPersons(LateCommand):
    """Let me write of how many of them a My Number may be concerned."""


@dataclass(frozen=True)
class RemindDuty(LateCommand):
    """A reminder of ``duty`` is due (``what``), on local day ``day`` (ISO)."""

    duty: str
    what: str
    day: str
