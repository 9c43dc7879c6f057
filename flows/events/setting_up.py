"""Setting up: questions that were left behind, and workbooks that somebody sent."""

from __future__ import annotations

from flows.events.event import FacilityEvent
from playbooks.frozen import frozen


@frozen
class SetupBegun(FacilityEvent):
    """Somebody goes through the set-up (again): what was left behind before is asked once more."""

    member: str


@frozen
class SetupPassed(FacilityEvent):
    """A question of the set-up was left behind: put off, or there is nothing more to add."""

    question: str


@frozen
class WorkbookReceived(FacilityEvent):
    """Somebody sent a workbook to be read; ``reference`` is where the channel keeps its bytes."""

    member: str
    reference: str
    file_name: str = ""


@frozen
class WorkbookMoved(FacilityEvent):
    """What became of workbook ``of``: its states are those of :data:`flows.facility.setting_up.MOVES`."""

    of: int
    state: str
