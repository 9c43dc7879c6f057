"""May this be in the facility's own affairs, and what follows: a command and a matter in; a settlement or a refusal out."""

from __future__ import annotations

from flows.calendar import orders
from flows.commands.command import Command
from flows.facility import (
    clock,
    danger,
    doubts,
    evening,
    hints,
    keeping,
    masking,
    members,
    numbers,
    photos,
    plan,
    registering,
    setting_up,
    tasks,
    upkeep,
)
from flows.facility.settling import Matter, Settlement, settles
from flows.powers import CONSOLE, only
from flows.refusals import Refused

TOPICS = (
    clock,
    danger,
    doubts,
    evening,
    hints,
    keeping,
    masking,
    members,
    registering,
    numbers,
    setting_up,
    photos,
    plan,
    upkeep,
    tasks,
    orders,
)
"""Where it stands what a command about the facility comes to."""


def settle(command: Command, matter: Matter) -> Settlement:
    """Give what a command about the facility does."""
    handler = settles.of(matter, command)
    if handler is None:
        raise Refused("not_now", state="facility", move=type(command).__name__)
    if matter.actor != CONSOLE:
        only(command, matter.here)
    return handler()
