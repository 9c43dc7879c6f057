"""Why a drill is on its day: the facts that the journal keeps, and the phrase that says them to whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from contacts.labels import WEEKDAY
from contacts.phrasing import say
from contacts.shapes.hours import WEEKDAYS
from flows.planning.workable import Slot
from playbooks.texts import Text, Wording

AVOIDED = say("drill_dates.avoided")
"""What holds for every date of a plan."""


def reason_of(slot: Slot, holiday: str | None = None) -> dict[str, str]:
    """Give why a drill is planned at this time: for its part of the month, or for the holiday it comes before."""
    if holiday is not None:
        return {"because": "holiday", "holiday": holiday, "occasion": slot.occasion}
    return {"because": "month", "occasion": slot.occasion}


def reason_of_move(slot: Slot, until: date) -> dict[str, str]:
    """Give why a drill was moved to this time: the next workable one, and the limit of its cycle."""
    return {"because": "moved", "limit": until.isoformat(), "occasion": slot.occasion}


def reason_by_hand(slot: Slot) -> dict[str, str]:
    """Give that a person chose the day."""
    return {"because": "by_hand", "occasion": slot.occasion}


def reason_for_newcomer(slot: Slot, until: date) -> dict[str, str]:
    """Give why a newcomer's drill is at this time."""
    return {"because": "newcomer", "limit": until.isoformat(), "occasion": slot.occasion}


def why(facts: Mapping[str, str], at: datetime) -> Wording:
    """Choose the phrase for the reason of a drill ``at`` its time (the facility's); older entries hold words instead."""
    if "because" not in facts:
        return Text.model_validate(facts)
    because = facts["because"]
    use = _use(at, "begins" if because == "moved" else "occasion", facts["occasion"])
    match because:
        case "month":
            month, part = say(f"drill_dates.months.{at.month}"), say(f"drill_dates.parts.{_part(at.day)}")
            return say("drill_dates.month", month=month, part=part, use=use, avoided=AVOIDED)
        case "holiday":
            holiday = say(f"drill_dates.holidays.{facts['holiday']}")
            return say("drill_dates.holiday", holiday=holiday, use=use, avoided=AVOIDED)
        case "moved" | "newcomer":
            limit = date.fromisoformat(facts["limit"])
            kept = "kept" if at.date() <= limit else "passed"
            return say(f"drill_dates.{because}.{kept}", limit=limit, use=use)
        case _:
            return say(f"drill_dates.{because}", use=use)


def _use(at: datetime, how: str, occasion: str) -> Wording:
    """Choose the phrase for the time of the week that a drill uses."""
    weekday, clock = WEEKDAY[WEEKDAYS[at.weekday()]], f"{at.hour}:{at:%M}"
    return say("drill_dates.use", occasion=say(f"drill_dates.{how}.{occasion}"), weekday=weekday, clock=clock)


def _part(day: int) -> str:
    if day <= 10:
        return "early"
    return "mid" if day <= 20 else "late"
