"""Setting up by those who decide: which questions are behind them, and what becomes of the workbooks that they send."""

from __future__ import annotations

from flows import commands as cmd
from flows import events as ev
from flows.facility.settling import CONSOLE, Matter, Settlement, only_chain
from flows.record.journal import Owed
from flows.refusals import Refused

MOVES: dict[str, frozenset[str]] = {
    "received": frozenset({"mistaken", "unchanged", "offered", "lost"}),
    "offered": frozenset({"registered", "dropped", "outdated"}),
}
"""What may become of a workbook in each state; in the others it has come to its end."""

SetupCommand = cmd.BeginSetup | cmd.PassSetup | cmd.TakeWorkbook | cmd.MoveWorkbook


def settle(command: SetupCommand, matter: Matter) -> Settlement:
    """Give what a command of the set-up does. Refused: ``chain_only``, ``stale``."""
    only_chain(matter.context, matter.actor)
    match command:
        case cmd.BeginSetup():
            return Settlement([ev.SetupBegun(matter.actor)])
        case cmd.PassSetup():
            behind = command.question in matter.house.setup_passed
            return Settlement([] if behind else [ev.SetupPassed(command.question)])
        case cmd.TakeWorkbook():
            return Settlement(
                [ev.WorkbookReceived(matter.actor, command.reference, command.file_name)],
                owed=[Owed(matter.actor, "workbook.received", data={"name": command.file_name}, priority=1)],
            )
        case cmd.MoveWorkbook():
            return _moved(command, matter)


def _moved(command: cmd.MoveWorkbook, matter: Matter) -> Settlement:
    sent = matter.house.workbooks.get(command.of)
    if sent is None or command.state not in MOVES.get(sent.state, ()) or matter.actor not in (sent.member, CONSOLE):
        raise Refused("stale")
    told = Owed(sent.member, f"workbook.{command.state}", data={**command.told, "workbook": command.of}, priority=1)
    return Settlement([ev.WorkbookMoved(command.of, command.state)], owed=[told])
