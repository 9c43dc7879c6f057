"""What is kept ready for an emergency: where it lies, and whether it worked when last tried."""

from __future__ import annotations

from datetime import date
from typing import Literal

from playbooks.texts import Data

EquipmentKind = Literal["mobile_router", "spare_pc", "ups", "paper_kit", "appointment_list", "lamp", "other"]


class Equipment(Data):
    """A piece of emergency equipment (guidance §3.3.4); ``works`` is what the check of ``checked_on`` came to."""

    id: str
    name: str
    kind: EquipmentKind = "other"
    place: str | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    works: bool | None = None
    note: str | None = None
