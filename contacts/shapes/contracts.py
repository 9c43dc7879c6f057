"""Contracts with vendors, and the days that count in them: end, renewal, notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from contacts.shapes.days import months_after
from playbooks.texts import Data


class Contract(Data):
    """A contract; ``vendor`` and ``systems`` are ids, ``end`` is its last day.

    With ``auto_renewal`` it goes on for ``renewal_months`` each time, unless notice was given ``notice_days`` before.
    ``emergency_clause``, ``notification`` (whom they tell of what, how soon, when something happens at their end) and ``data_return``
    are what the paper says, ``checked_for`` the end for which somebody
    has gone through the renewal, ``data_returned_on`` the day on which the return or deletion of data was confirmed.
    ``end_steps`` are those of :data:`contacts.readiness.questions.END_STEPS` that are done, ``proof`` where the proof is kept.
    """

    id: str
    name: str
    vendor: str | None = None
    systems: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    auto_renewal: bool | None = None
    renewal_months: Annotated[int, Field(ge=1, le=240)] = 12
    notice_days: Annotated[int, Field(ge=0, le=730)] | None = None
    emergency_clause: str | None = None
    notification: str | None = None
    data_return: str | None = None
    checked_for: date | None = None
    data_returned_on: date | None = None
    end_steps: tuple[str, ...] = ()
    proof: str | None = None
    note: str | None = None

    def runs_out(self, today: date) -> date | None:
        """Give the last day of the term that runs on ``today``, renewals counted in; None if no end is known."""
        if self.end is None or not self.auto_renewal:
            return self.end
        terms, end = 0, self.end
        while end < today:
            terms += 1
            end = months_after(self.end, terms * self.renewal_months)
        return end

    def notice_by(self, today: date) -> date | None:
        """Give the last day on which notice can be given for the running term; its end where no period is agreed."""
        end = self.runs_out(today)
        return end - timedelta(days=self.notice_days or 0) if end else None

    def ended(self, today: date) -> bool:
        """Say whether it is over: its end has passed and nothing renews it."""
        return self.end is not None and not self.auto_renewal and self.end < today
