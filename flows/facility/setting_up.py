"""Setting up by those who decide: which questions are behind them, and what becomes of the workbooks that they send."""

from __future__ import annotations

from flows.commands.facility import MakeFacility
from flows.commands.setting_up import BeginSetup, MoveWorkbook, PassSetup, TakeWorkbook
from flows.events.facility import FacilityMade
from flows.events.setting_up import SetupBegun, SetupPassed, WorkbookMoved, WorkbookReceived
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.message import message_of
from flows.messages.setting_up import WorkbookTaken
from flows.record.journal import AT_ONCE, Owed
from flows.refusals import Refused

MOVES: dict[str, frozenset[str]] = {
    "received": frozenset({"mistaken", "unchanged", "offered", "lost"}),
    "offered": frozenset({"registered", "dropped", "outdated"}),
}
"""What may become of a workbook in each state; in the others it has come to its end."""


@settles
def make(matter: Matter, command: MakeFacility) -> Settlement:
    """Make the facility, once."""
    if matter.rows("facility"):
        raise Refused("facility_exists")
    contacts = [("contact", c.id, c.model_dump_json()) for c in command.contacts]
    return Settlement([FacilityMade()], [("facility", "facility", command.facility.model_dump_json()), *contacts])


@settles
def begin(matter: Matter, _: BeginSetup) -> Settlement:
    """Begin with the first question."""
    return Settlement([SetupBegun(matter.actor)])


@settles
def go_past(matter: Matter, command: PassSetup) -> Settlement:
    """Leave a question behind."""
    behind = command.question in matter.house.setup_passed
    return Settlement([] if behind else [SetupPassed(command.question)])


@settles
def take_workbook(matter: Matter, command: TakeWorkbook) -> Settlement:
    """Take a workbook that somebody sent."""
    return Settlement(
        [WorkbookReceived(matter.actor, command.reference, command.file_name)],
        owed=[Owed(matter.actor, WorkbookTaken(command.file_name), priority=AT_ONCE)],
    )


@settles
def move_workbook(matter: Matter, command: MoveWorkbook) -> Settlement:
    """Say what became of a workbook."""
    sent = matter.house.workbooks.get(command.of)
    if sent is None or command.state not in MOVES.get(sent.state, ()):
        raise Refused("stale")
    message = message_of(f"workbook.{command.state}", {**command.told, "workbook": command.of})
    told = Owed(sent.member, message, priority=AT_ONCE)
    return Settlement([WorkbookMoved(command.of, command.state)], owed=[told])
