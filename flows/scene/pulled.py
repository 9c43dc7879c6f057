"""What is pulled or switched off first, by the pictures of the steps that are about it; and the order in which it goes back."""

from __future__ import annotations

from collections.abc import Mapping

from flows.scene.gate import held
from flows.scene.presence import asks_presence
from flows.state.run import Run
from flows.state.work import Context
from playbooks.model import Step

FIRST_THINGS: Mapping[str, tuple[str, ...]] = {
    "cut": ("lan_plug", "laptop_lan", "laptop_flight"),
    "others": ("hub",),
    "backups": ("nas", "usb_backup"),
    "line": ("onu", "router_wan"),
}
"""The first things of an attack by their pictures, in the order in which they go back: the outside line last."""

LEADS = tuple(picture for pictures in FIRST_THINGS.values() for picture in pictures)
"""Pictures of what is pulled, in the order in which it goes back."""


def one_moment(run: Run, step: Step) -> bool:
    """Say whether something takes hands for a moment and can't wait for whoever has much else: in an attack, a lead."""
    return step.hands and not step.lines and asks_presence(run) and run.grade == "urgent"


def own_machine(run: Run, step: Step) -> bool:
    """Say whether a step or a card takes the machine off the network at which whoever reported sits."""
    cuts = any(one.picture in FIRST_THINGS["cut"] for one in (step, *step.lines.values()))
    return cuts and step.hands and step.role == "reporter" and asks_presence(run) and run.grade == "urgent"


def before_a_call(run: Run, track: str, step: str) -> bool:
    """Say whether a step or a card pulls what comes before any call that somebody can make: their machine, backups, the line."""
    here = run.text_of(track, step)
    pictures = {picture for thing in ("cut", "backups", "line") for picture in FIRST_THINGS[thing]}
    return here.hands and any(one.picture in pictures for one in (here, *here.lines.values()))


def leads_wait(run: Run, context: Context) -> bool:
    """Say whether such a lead waits, and nobody has it in hand."""
    return any(one_moment(run, run.text_of(*one)) and not held(run, context, *one) for one in run.waiting())


def pulls(run: Run, member: str) -> bool:
    """Say whether somebody has such a lead in hand."""
    has = run.open_step_of(member)
    return has is not None and one_moment(run, run.step(has))


def cuts_line(run: Run, track: str, step: str) -> bool:
    """Say whether a step or a card is about pulling the line that phones on the Wi-Fi hang on; in a drill it stays in."""
    if run.playbook is None or not run.playbook.cuts_network or run.exercise is not None or not run.calls_everybody:
        return False
    here = run.text_of(track, step)
    return any(one.picture in FIRST_THINGS["line"] for one in (here, *here.lines.values()))


def pulled(run: Run) -> list[str]:
    """Give by their pictures what somebody says they pulled or switched off."""
    done = {run.text_of(*place).picture for place, how in run.answered.items() if how.answer == "done"}
    return [picture for picture in LEADS if picture in done]


def called(run: Run) -> list[str]:
    """Give whom somebody reached outside: they have to hear of it, too, when it was nothing."""
    reached = (
        run.text_of(*place).contact for place, how in run.answered.items() if how.settles and how.answer == "done"
    )
    return list(dict.fromkeys(contact for contact in reached if contact))
