"""Those who work here: their roles, whom they stand in for and when they are away."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from playbooks.texts import Data, Language

ROLES: tuple[str, ...] = (
    "director",
    "safety_manager",
    "doctor",
    "dentist",
    "pharmacist",
    "nurse",
    "hygienist",
    "reception",
    "staff",
)
"""The roles a member can hold; ``director`` is 院長, 薬局の管理者 or the station's 管理者."""

ELSEWHERE: dict[str, frozenset[str]] = {
    "clinic": frozenset({"dentist", "hygienist"}),
    "dental": frozenset({"doctor", "pharmacist"}),
    "pharmacy": frozenset({"doctor", "dentist", "nurse", "hygienist"}),
    "visiting_nurse": frozenset({"doctor", "dentist", "pharmacist", "hygienist"}),
}
"""Roles that hardly anybody holds at a kind of facility: they can be written, but are not offered."""

RUN_ROLES: tuple[str, ...] = ("reporter", "commander", "anyone")
"""Roles that only exist inside a run."""

DEPUTISED: tuple[str, ...] = ("director", "safety_manager")
"""The roles for which somebody has to stand in, so that nothing hangs on one person (guidance §2.1)."""


class Member(Data):
    """Somebody who works here; ``id`` is all that the journal ever holds of them.

    ``stands_in_for`` are the roles this member takes when the holder is away or silent, the nearest deputy first by
    ``rank``. ``channels`` are the ways in which the member can be reached now; empty means by word of mouth only.
    ``telephone`` is their own, for colleagues to dial when minutes count.
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
    telephone: str | None = None

    def absent_on(self, day: date) -> bool:
        """Say whether the member is away on ``day`` (both ends of an absence count as away)."""
        return (
            self.absent_from is not None
            and self.absent_from <= day
            and (self.absent_until is None or day <= self.absent_until)
        )
