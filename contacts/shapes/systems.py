"""What the work runs on: systems, and who answers for which task on them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from playbooks.texts import Data

Place = Literal["onpremises", "cloud", "both"]
Task = Literal["backup", "patching", "logs", "restoring", "reporting"]
TASKS: tuple[Task, ...] = ("backup", "patching", "logs", "restoring", "reporting")
"""What has to be somebody's task on every system, in normal times and in an emergency (guidance §3.5.3)."""

Answerable = Literal["us", "vendor", "both"]


class System(Data):
    """A system: what it is (``service``, a vendor's service of :mod:`contacts.references`), where it runs, who keeps it.

    ``vendor`` is a contact's id. ``importance`` goes from 1 (can wait) to 5 (no care without it), ``restore_order``
    counts from 1; the two may differ. ``allowed_downtime`` is in minutes. ``on_paper`` is what is done meanwhile.
    ``needs`` are the ids of the systems that have to run before it can. ``restore_tested_on`` is the day of the last
    restore that worked, ``restore_minutes`` how long it took.
    """

    id: str
    name: str
    service: str | None = None
    runs: Place | None = None
    vendor: str | None = None
    importance: Annotated[int, Field(ge=1, le=5)] | None = None
    allowed_downtime: Annotated[int, Field(ge=0)] | None = None
    on_paper: str | None = None
    restore_order: Annotated[int, Field(ge=1)] | None = None
    backup_place: str | None = None
    restore_tested_on: date | None = None
    restore_minutes: Annotated[int, Field(ge=0)] | None = None
    needs: tuple[str, ...] = ()
    note: str | None = None


class Responsibility(Data):
    """Who does one task on one system, in normal times and in an emergency; ``id`` is ``<system>.<task>``."""

    id: str
    system: str
    task: Task
    normal: Answerable | None = None
    normal_words: str | None = None
    emergency: Answerable | None = None
    emergency_words: str | None = None

    @property
    def settled(self) -> bool:
        """Whether it is known who does it, in normal times and in an emergency."""
        return self.normal is not None and self.emergency is not None
