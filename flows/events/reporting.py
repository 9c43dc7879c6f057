"""Reports that the law or prudence asks for: since when it is known, what was filed, what was found not owed."""

from __future__ import annotations

from dataclasses import field

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class KnownAtMoved(RunEvent):
    """Somebody here knew at ``at`` (ISO 8601) already; later only by the director, with a reason."""

    at: str
    reason: str = ""


@frozen
class DutyFiled(RunEvent):
    """A report was made; ``receipt`` is its number or whom one spoke to, ``facts`` what was known then.

    ``document`` is the digest of the document that stood approved for it, empty where none did.
    """

    duty: str
    receipt: str
    facts: dict[str, str] = field(default_factory=dict)
    document: str = ""


@frozen
class DutyWithdrawn(RunEvent):
    """A report that was taken for made was not: it is owed again. ``receipt`` is what had been given for it."""

    duty: str
    reason: str
    receipt: str = ""


@frozen
class DutyRefused(RunEvent):
    """The director decided that this report is not owed, with a reason; new facts open the question again."""

    duty: str
    reason: str
    facts: dict[str, str] = field(default_factory=dict)


@frozen
class DutyReminded(RunEvent):
    """Whoever decides was reminded of a report; ``what`` names the reminder (``overdue`` when its day has passed)."""

    duty: str
    what: str
    day: str
