"""The weekly line that the bot is alive: silence is the worst failure, so whoever decides knows what to miss."""

from __future__ import annotations

from datetime import timedelta

from flows.state.house import House
from flows.state.work import Context

NAME = "alive"


def alive_matter(house: House, context: Context) -> str | None:
    """Give this week's line as a matter of upkeep, from Monday on; none in the week in which the home was made."""
    monday = context.today - timedelta(days=context.today.weekday())
    made = house.made_at and context.roster.facility.local(house.made_at).date()
    if not context.handbook.weekly_line or made is None or made >= monday:
        return None
    return f"{NAME}:{monday}"


def is_alive(matter: str) -> bool:
    """Say whether a matter is the weekly line."""
    return matter.startswith(f"{NAME}:")
