"""Tasks: each has one owner and a day, and stays until it is done or dropped for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from flows.commands.upkeep import DropTask, FinishTask, GiveTask, OpenTask, VerifyTask
from flows.events.upkeep import TaskDone, TaskDropped, TaskGiven, TaskOpened, TaskVerified
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.message import Message
from flows.messages.upkeep import TaskOff, TaskOver, TaskShown
from flows.powers import CONSOLE
from flows.record.journal import AT_ONCE, SOON, Owed
from flows.refusals import Refused
from flows.state.house import Task

DAYS = 14
"""Until when a task is due if nobody says otherwise."""

LONGEST = 1000

BEFORE = (3, 0)
"""Days before its due day on which the owner is reminded; after it, every week."""


@settles
def open_task(matter: Matter, command: OpenTask) -> Settlement:
    """Open a task; anybody may. Refused(``stale``) if nobody is there to see to it."""
    return opened(command, matter)


@settles
def give(matter: Matter, command: GiveTask) -> Settlement:
    """Give a task a new owner or a new day."""
    task = _open(matter, command.task)
    owner = command.owner or task.owner
    if matter.here.roster.member(owner) not in matter.here.roster.active():
        raise Refused("stale")
    due = command.due or task.due
    if (owner, due) == (task.owner, task.due):
        return Settlement()
    return Settlement([TaskGiven(task.id, owner, due.isoformat())], owed=_handed(task, owner, matter.actor))


@settles
def finish(matter: Matter, command: FinishTask) -> Settlement:
    """Say that a task is done."""
    task = _open(matter, command.task)
    _not_too_long(command.how)
    return Settlement([TaskDone(task.id, command.how)], owed=told(task, matter, TaskOver(task.id)))


@settles
def verify(matter: Matter, command: VerifyTask) -> Settlement:
    """Say whether what was done holds."""
    known = matter.house.tasks.get(command.task)
    if known is None or known.state != "done":
        raise Refused("stale")
    return Settlement([TaskVerified(known.id, command.by, command.holds)])


@settles
def drop(matter: Matter, command: DropTask) -> Settlement:
    """Drop a task for a reason (``needs_reason``, ``too_long``)."""
    task = _open(matter, command.task)
    _not_too_long(command.reason)
    if not command.reason.strip():
        raise Refused("needs_reason")
    return Settlement([TaskDropped(task.id, command.reason)], owed=told(task, matter, TaskOff(task.id)))


def opened(command: OpenTask, matter: Matter, *, ahead: int = 0) -> Settlement:
    """Give what opening a task does; its owner is told, unless it is they who opened it.

    ``ahead`` counts the events that come before it in the same act.
    """
    roster, today = matter.here.roster, matter.here.today
    owners = [*roster.owners("safety_manager", today), *roster.chain(today), *roster.active()]
    owner = command.owner or next((m.id for m in owners), "")
    if roster.member(owner) not in roster.active():
        raise Refused("stale")
    due = command.due or today + timedelta(days=DAYS)
    task = matter.house.turns + ahead + 1
    owed = [] if owner == matter.actor else [_shown(task, owner)]
    return Settlement([TaskOpened(command.what, dict(command.about), owner, due.isoformat())], owed=owed)


def _shown(task: int, member: str) -> Owed:
    return Owed(member, TaskShown(task), key=f"task:{task}", priority=AT_ONCE)


def _handed(task: Task, owner: str, actor: str) -> list[Owed]:
    """Tell the new owner; the old one sees on the old message whose it is now, or until when."""
    news = [] if owner in (task.owner, actor) else [_shown(task.id, owner)]
    return [*news, *(replace(_shown(task.id, m), edits=True, silent=True) for m in {task.owner, actor} - {CONSOLE})]


def _open(matter: Matter, task: int) -> Task:
    known = matter.house.tasks.get(task)
    if known is None or not known.open:
        raise Refused("stale")
    return known


def _not_too_long(text: str) -> None:
    if len(text) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(text))


def later_days(task: Task, today: date) -> tuple[date, ...]:
    """Give the days to which a task can be put off: one, two or four weeks after its day, or after today."""
    return tuple(max(task.due, today) + timedelta(weeks=weeks) for weeks in (1, 2, 4))


def told(task: Task, matter: Matter, said: Message) -> list[Owed]:
    """Tell the owner and whoever decides first, unless it was them, that a task is over."""
    first = next((m.id for m in matter.here.chain()), matter.actor)
    return [Owed(m, said, priority=SOON) for m in {first, task.owner} - {matter.actor}]


def reminded_on(task: Task, today: date) -> Iterator[str]:
    """Give the name of the last reminder that is due for an open task on ``today``: at most one."""
    days = [task.due - timedelta(days=d) for d in BEFORE]
    late = (today - task.due).days
    if late >= 7:
        days.append(task.due + timedelta(days=late - late % 7))
    passed = [day for day in days if day <= today]
    if passed:
        yield f"task:{task.id}:{passed[-1].isoformat()}"
