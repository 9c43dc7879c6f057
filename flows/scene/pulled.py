"""What was pulled or switched off, in the order in which it goes back: the outside line last."""

from __future__ import annotations

from flows.state.run import Run

LEADS = ("lan_plug", "laptop_lan", "laptop_flight", "hub", "nas", "usb_backup", "onu", "router_wan")
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
