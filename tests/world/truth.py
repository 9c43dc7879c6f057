"""What is true: leads that are in or out, who was called and reached, who leads; and when each became so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MACHINE, MACHINE_WIFI, NAS, USB, OUTSIDE, OTHERS = "machine", "machine_wifi", "nas", "usb", "outside", "others"

MILESTONES: Mapping[str, float] = {"off_net": 5, "backups": 8, "vendor_called": 10, "leads": 10, "scene": 2}
"""What is to be reached, and in how many minutes by half of all; by nine in ten in twice that.

Whoever reports runs the scene from the first moment; here it counts from when somebody has read that they do."""

SEEN: tuple[str, ...] = (*MILESTONES, "outside", "vendor_reached")
"""All that is measured, goals first."""


@dataclass
class World:
    """The house, from the moment of the report: ``now`` gives seconds since then, ``came`` when what became true."""

    now: Callable[[], float]
    connected: set[str] = field(default_factory=lambda: {MACHINE, NAS, USB, OUTSIDE, OTHERS})
    came: dict[str, float] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Note that something has become true."""
        self.came.setdefault(what, self.now())

    def disconnect(self, *things: str) -> None:
        """Pull leads, or switch Wi-Fi off."""
        self.connected -= set(things)
        for what, hang_on in (("off_net", {MACHINE, MACHINE_WIFI}), ("backups", {NAS, USB}), ("outside", {OUTSIDE})):
            if not self.connected & hang_on:
                self.note(what)
