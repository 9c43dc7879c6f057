"""People, vendors, authorities and the facility, as one snapshot that never changes under a run."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from playbooks.model import FacilityKind
from playbooks.texts import Data, Language

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ROLES: tuple[str, ...] = (
    "director", "safety_manager", "doctor", "dentist", "pharmacist", "nurse", "hygienist", "reception", "staff",
)  # fmt: skip
"""The roles a member can hold; ``director`` is 院長, 薬局の管理者 or the station's 管理者."""

RUN_ROLES: tuple[str, ...] = ("reporter", "commander", "anyone")
"""Roles that only exist inside a run."""


class Member(Data):
    """Somebody who works here; ``id`` is all that the journal ever holds of them.

    ``stands_in_for`` are the roles this member takes when the holder is away or silent, the nearest deputy first by
    ``rank``. ``channels`` are the ways in which the member can be reached now; empty means by word of mouth only.
    """

    id: str
    name: str = Field(min_length=1, max_length=60)
    roles: tuple[str, ...] = ()
    stands_in_for: tuple[str, ...] = ()
    rank: int = 0
    language: Language = "ja"
    status: Literal["active", "suspended", "left"] = "active"
    channels: tuple[str, ...] = ()
    on_call: bool = False
    absent_from: date | None = None
    absent_until: date | None = None

    def absent_on(self, day: date) -> bool:
        """Say whether the member is away on ``day`` (both ends of an absence count as away)."""
        return (
            self.absent_from is not None
            and self.absent_from <= day
            and (self.absent_until is None or day <= self.absent_until)
        )


class Contact(Data):
    """Somebody outside to call: a vendor, an authority, an expert or a partner.

    ``services`` are what playbooks ask for, as in ``vendor:ehr``. ``verified_on`` is the day on which a person of the
    facility confirmed the number; without it the card says so. ``hours`` is free text as the vendor gives it.
    """

    id: str
    kind: Literal["vendor", "authority", "adviser", "partner"]
    services: tuple[str, ...]
    name: str
    number: str | None = None
    night_number: str | None = None
    hours: str | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    note: str | None = None


class Session(Data):
    """A stretch of a day in which the facility is open; ``until`` is not part of it."""

    start: time
    until: time


class Facility(Data):
    """The institution: its kind, its hours and its zone. No sessions given means: always open (everybody rings)."""

    name: str
    kind: FacilityKind
    language: Language = "ja"
    zone: str = "Asia/Tokyo"
    sessions: dict[Weekday, tuple[Session, ...]] = {}
    closed: tuple[date, ...] = ()

    def local(self, moment: datetime) -> datetime:
        """Give the facility's wall-clock time of an aware ``moment``."""
        return moment.astimezone(ZoneInfo(self.zone))

    def in_session(self, moment: datetime) -> bool:
        """Say whether the facility is open at an aware ``moment``; always, while no session is known."""
        if not self.sessions:
            return True
        here = self.local(moment)
        if here.date() in self.closed:
            return False
        return any(s.start <= here.time() < s.until for s in self.sessions.get(WEEKDAYS[here.weekday()], ()))
