"""What is pulled or switched off first, by the pictures of the steps that are about it; and the order in which it goes back."""

from __future__ import annotations

from collections.abc import Mapping

from flows.state.run import Run

FIRST_THINGS: Mapping[str, tuple[str, ...]] = {
    "cut": ("lan_plug", "laptop_lan", "laptop_flight"),
    "others": ("hub",),
    "backups": ("nas", "usb_backup"),
    "line": ("onu", "router_wan"),
}
"""The first things of an attack by their pictures, in the order in which they go back: the outside line last."""

LEADS = tuple(picture for pictures in FIRST_THINGS.values() for picture in pictures)
"""Pictures of what is pulled, in the order in which it goes back."""


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
