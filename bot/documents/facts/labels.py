"""The labels on leads: what is to be pulled, in the order in which it is pulled, and what is to be left in."""

from __future__ import annotations

from playbooks.frozen import frozen
from playbooks.model import FacilityKind


@frozen
class Label:
    """A label: its name, the pictures that show the thing (the first of them with a photo is printed), and copies."""

    name: str
    pictures: tuple[str, ...]
    copies: int = 3


LAN = Label("lan", ("lan_plug", "laptop_lan"), 6)
BACKUP = Label("backup", ("nas", "usb_backup"))
OUTSIDE = Label("outside", ("router_wan", "onu"))
LEAVE = Label("leave", ("medical_device",))

LABELS: dict[FacilityKind, tuple[Label, ...]] = {
    "clinic": (LAN, BACKUP, OUTSIDE, LEAVE),
    "dental": (LAN, BACKUP, OUTSIDE, LEAVE),
    "pharmacy": (LAN, BACKUP, OUTSIDE),
    "visiting_nurse": (LAN, BACKUP, OUTSIDE, LEAVE),
}
"""The labels that a facility needs; no device hangs on a patient at a pharmacy."""
