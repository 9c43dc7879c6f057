"""Upkeep: what dates have made due in the facility itself is brought up once, on an open day, in one message a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contacts.readiness.freshness import Reminder, reminders
from contacts.roster import Roster
from contacts.shapes.facility import Facility
from contacts.shapes.open_days import open_on
from flows.commands.clock import Due
from flows.commands.upkeep import BringUp, TakeWallPack
from flows.events.upkeep import UpkeepBroughtUp, WallPackMade
from flows.facility.plan import plan_matters
from flows.facility.settling import Matter, Settlement, settles
from flows.facility.tasks import reminded_on
from flows.messages.upkeep import Upkeep
from flows.record.journal import FACILITY, LATER, Owed
from flows.retention.due import retention_matters
from flows.state.backups import wanting
from flows.state.house import House
from flows.state.wall_pack import mark_of, pack_due
from flows.state.work import Context

HOUR = time(9)
"""The time of day, at the facility, from which matters are brought up."""

SETTLING_IN = timedelta(days=7)
"""After the home was made: so long nobody is told of what was never done at all; readiness says it anyway."""

SOON = frozenset({"deputy_missing", "director_absent"})
"""What is brought up on the second day already."""


ALIVE = "alive"
"""The weekly line that the bot is alive: silence is the worst failure, so whoever decides knows what to miss."""


def upkeep_due(house: House, context: Context) -> list[Due]:
    """Give what is to be brought up now: nothing before nine, nothing on a day off, nothing that a task is open for."""
    roster, today = context.roster, context.today
    if roster.facility.local(context.now).time() < HOUR or not open_on(roster.facility, today):
        return []
    since = _moment(roster.facility, today)
    found: dict[str, list[str]] = {}
    seen_to = {task.about.get("matter") for task in house.open_tasks()}
    pack = pack_due(house.wall, roster, context.handbook.playbooks, context.now)
    backups = wanting(house.backups, roster.facility, context.now)
    for reminder in (*reminders(roster, today), *pack, *filter(None, [backups])):
        if reminder.id in house.brought_up or reminder.subject in seen_to:
            continue
        if not _settling_in(reminder, house, context.now):
            for member in told_of(reminder, roster, today):
                found.setdefault(member, []).append(reminder.id)
    for member, reminder in (*plan_matters(house, context), *retention_matters(house, context)):
        if reminder.id not in house.brought_up:
            for told in [member] if member else told_of(reminder, roster, today):
                found.setdefault(told, []).append(reminder.id)
    alive = alive_matter(house, context)
    if alive is not None and alive not in house.brought_up:
        for member in whoever_is("director", roster, today):
            found.setdefault(member, []).append(alive)
    for task in house.open_tasks():
        for name in reminded_on(task, today):
            if name not in house.brought_up:
                found.setdefault(_owner(task.owner, context), []).append(name)
    return [
        Due(since, f"clock:upkeep:{today}:{member}:{house.turns}", BringUp(FACILITY, member, tuple(matters)))
        for member, matters in found.items()
        if member
    ]


def told_of(reminder: Reminder, roster: Roster, today: date) -> Iterator[str]:
    """Give who is told of a matter: whoever does what its role does today, else whoever decides, else the director.

    Whom no message can reach is passed over, as long as it can reach anybody.
    """
    return whoever_is(reminder.whom, roster, today)


def whoever_is(role: str, roster: Roster, today: date) -> Iterator[str]:
    """Give who does what a role does today, see :func:`told_of`."""
    held = [*roster.owners(role, today), *roster.chain(today)]
    held += [m for m in roster.active() if "director" in m.roles]
    held = [m for m in held if m.channels] or held
    if held:
        yield held[0].id


def alive_matter(house: House, context: Context) -> str | None:
    """Give this week's line as a matter of upkeep, from Monday on; none in the week in which the home was made."""
    monday = context.today - timedelta(days=context.today.weekday())
    made = house.made_at and context.roster.facility.local(house.made_at).date()
    if not context.handbook.weekly_line or made is None or made >= monday:
        return None
    return f"{ALIVE}:{monday}"


def is_alive(matter: str) -> bool:
    """Say whether a matter is the weekly line."""
    return matter.startswith(f"{ALIVE}:")


@settles
def take_wall_pack(matter: Matter, _: TakeWallPack) -> Settlement:
    """Keep that the papers for the wall were taken."""
    return Settlement([WallPackMade(mark_of(matter.here.handbook.playbooks, matter.here.roster.facility.kind))])


@settles
def bring_up(matter: Matter, command: BringUp) -> Settlement:
    """Bring matters up, each once, whoever else has done so meanwhile."""
    news = tuple(m for m in command.matters if m not in matter.house.brought_up)
    if not news:
        return Settlement()
    return Settlement(
        [UpkeepBroughtUp(command.member, news)],
        owed=[Owed(command.member, Upkeep(news), priority=LATER)],
    )


def _settling_in(reminder: Reminder, house: House, now: datetime) -> bool:
    if reminder.since is not None or house.made_at is None:
        return False
    return now < house.made_at + (timedelta(days=1) if reminder.what in SOON else SETTLING_IN)


def _owner(owner: str, context: Context) -> str:
    """Give the owner of a task; when they are away or have left, whoever decides."""
    if owner in {m.id for m in context.roster.present(context.today)}:
        return owner
    known = context.roster.member(owner)
    stays = owner if known is not None and known.status == "active" else ""
    return next((m.id for m in context.chain()), stays)


def _moment(facility: Facility, day: date) -> datetime:
    return datetime.combine(day, HOUR, ZoneInfo(facility.zone))
