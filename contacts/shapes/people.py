"""Those who work here: their roles, whom they stand in for and when they are away."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from playbooks.texts import Data, Language


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
