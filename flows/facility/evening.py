"""What ended quietly during the day is told in the evening, in one silent message, to those who decide.

So is what sounded like everyday talk and was put away since its writer never said what it was: nothing is lost by that.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.commands.clock import Due
from flows.commands.upkeep import TellQuietEnds
from flows.events.upkeep import QuietEndsTold
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.upkeep import QuietEnds
from flows.record.journal import FACILITY, LATER, Owed
from flows.scene.circle import may_be_delicate
from flows.state.house import House
from flows.state.run import Run
from flows.state.work import Context

EVENING = time(17)
"""The time of day, at the facility, at which those who decide hear of it; what ends later, they hear the next day."""


def quiet_ends_due(house: House, context: Context) -> list[Due]:
    """Give the order to tell of what ended quietly until the last evening and wasn't told yet."""
    evening = _last_evening(context)
    over = tuple(
        run.id
        for run in context.runs.values()
        if run.id not in house.quiet_ends and _ended_quietly(run, evening) and not may_be_delicate(run, context)
    )
    cause = f"clock:quiet:{evening.date()}:{house.turns}"
    return [Due(evening, cause, TellQuietEnds(FACILITY, over))] if over else []


def _ended_quietly(run: Run, until: datetime) -> bool:
    over = run.solved or (run.put_away and run.only_talk)
    return over and run.ended_at is not None and run.ended_at <= until


def _last_evening(context: Context) -> datetime:
    facility = context.roster.facility
    today = datetime.combine(context.today, EVENING, ZoneInfo(facility.zone))
    return today if today <= context.now else today - timedelta(days=1)


@settles
def tell_quiet_ends(matter: Matter, command: TellQuietEnds) -> Settlement:
    """Tell those who decide of what ended quietly, each thing once."""
    news = tuple(run for run in command.runs if run not in matter.house.quiet_ends)
    if not news:
        return Settlement()
    told = [Owed(m.id, QuietEnds(news), priority=LATER, silent=True) for m in matter.here.chain()]
    return Settlement([QuietEndsTold(news)], owed=told)
