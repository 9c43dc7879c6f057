"""What is ordered about the reports that are owed."""

from __future__ import annotations

from flows.commands.command import LateCommand
from playbooks.frozen import frozen


@frozen
class FileReport(LateCommand):
    """The report ``duty`` was made; without a receipt (number, whom one spoke to) the bot asks for it."""

    duty: str
    receipt: str | None = None


@frozen
class WithdrawReport(LateCommand):
    """The report ``duty`` was not made after all; without a reason the bot asks for one."""

    duty: str
    reason: str | None = None


@frozen
class RefuseReport(LateCommand):
    """The report ``duty`` is not owed; without a reason the bot asks for one."""

    duty: str
    reason: str | None = None


@frozen
class MoveKnownAt(LateCommand):
    """Somebody here knew at another time; without ``text`` (a time as people write it) the bot asks."""

    text: str | None = None
    reason: str | None = None


@frozen
class AskPersons(LateCommand):
    """Let me write how many persons may be concerned."""


@frozen
class AskMyNumberPersons(LateCommand):
    """Let me write of how many of them a My Number may be concerned."""


@frozen
class RemindDuty(LateCommand):
    """A reminder of ``duty`` is due (``what``), on local day ``day`` (ISO)."""

    duty: str
    what: str
    day: str
