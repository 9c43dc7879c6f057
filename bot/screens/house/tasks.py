"""How tasks are said: who sees to what until when, and what can be done about each."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.contacts import AskNumber, ShowContact
from bot.screens.requests.request import Request
from bot.screens.requests.tasks import (
    AskTaskDay,
    AskTaskOwner,
    AskTaskReason,
    HandTaskOn,
    PutTaskOff,
    ShowTask,
    TickTask,
)
from bot.screens.scene import Rows, Scene, SceneOf, Screen, lines, rows, shorten, shows
from bot.words.tasks import task_text
from flows.commands.people import DropQuestion
from flows.commands.upkeep import DropTask, GiveTask
from flows.facility.tasks import later_days
from flows.messages.upkeep import TaskLater, TaskOff, TaskOver, TaskReasonAsked, TaskShown, TasksListed, TaskTo
from flows.powers import KEEPERS, NUMBER_WRONG
from flows.record.journal import FACILITY
from flows.state.house import Task

MOST_LISTED = 12
"""Tasks in one message."""


@shows
def tasks(scene: SceneOf[TasksListed]) -> Screen:
    """List the reader's own tasks, and for those who keep them in order everybody's."""
    words, house = scene.words, scene.engine.house
    mine = list(house.open_tasks(scene.reader))
    others = [t for t in house.open_tasks() if t not in mine] if scene.may(KEEPERS) else []
    steps = [words.say("tasks.step", step=asked) for asked in _waiting_for(scene)]
    if not (mine or others or steps):
        return Screen(words.say("tasks.none"))
    said: list[str] = [words.say("tasks.mine" if mine or steps else "tasks.none_mine"), *steps]
    said += [words.say("upkeep.line", text=task_line(scene, t)) for t in mine[:MOST_LISTED]]
    if others:
        said.append(words.say("tasks.others"))
        said += [
            words.say("tasks.line", text=task_line(scene, t), who=words.who(t.owner)) for t in others[:MOST_LISTED]
        ]
    shown = [*mine[:MOST_LISTED], *others[:MOST_LISTED]]
    return Screen(lines(said), rows(*(Button(_name(scene, t), data_of(ShowTask(t.id))) for t in shown)))


def _waiting_for(scene: Scene) -> Iterator[str]:
    """Give the steps that wait for the reader in what goes on, a drill's marked as one."""
    words = scene.words
    for run in scene.engine.live_runs():
        if shown := run.open_step_of(scene.reader):
            banner = words.say("banner.drill").strip() if run.drill else ""
            yield banner + words.filled(run.at_hand(shown).ask.in_language(words.language))


def _name(scene: Scene, known: Task) -> str:
    return shorten(task_text(scene.words, known), 40)


@shows
def task(scene: SceneOf[TaskShown | TaskOver | TaskOff]) -> Screen:
    """Tell of one task as it stands now: given, done or dropped."""
    known = scene.engine.house.tasks[scene.message.task]
    words, name = scene.words, scene.message.kept_as
    if name == "task" and not known.open:
        name = "task_dropped" if known.state == "dropped" else "task_done"
    about = {"text": task_line(scene, known), "who": words.who(known.owner), "said": known.said}
    return Screen(words.say(name, **about), _moves(scene, known) if known.open else ())


def _moves(scene: Scene, known: Task) -> Rows:
    """Give what the reader may do about an open task; a wrong number is settled on its card, not by saying so."""
    if not scene.may(GiveTask(FACILITY, known.id)):
        return ()
    contact = str(known.about.get("contact", ""))
    if known.what == NUMBER_WRONG and scene.context.roster.contact(contact) is not None:
        settles: list[Request] = [AskNumber(contact), ShowContact(contact)]
    else:
        settles = [TickTask(known.id)]
    drops = [AskTaskReason(known.id)] if scene.may(DropTask(FACILITY, known.id, "")) else []
    moves = [*settles, AskTaskOwner(known.id), AskTaskDay(known.id), *drops]
    return rows(*(button(scene, move) for move in moves), width=2)


@shows
def hand_on(scene: SceneOf[TaskTo]) -> Screen:
    """Offer the people to whom a task can be given."""
    known = scene.engine.house.tasks[scene.message.task]
    people = [m for m in scene.context.roster.active() if m.id != known.owner]
    buttons = [Button(m.name, data_of(HandTaskOn(known.id, m.id))) for m in people]
    return Screen(scene.words.say("task_to", text=task_line(scene, known)), rows(*buttons, width=2))


@shows
def later(scene: SceneOf[TaskLater]) -> Screen:
    """Offer later days for a task."""
    known = scene.engine.house.tasks[scene.message.task]
    days = later_days(known, scene.context.today)
    buttons = [button(scene, PutTaskOff(known.id, d), day=d.isoformat()) for d in days]
    return Screen(scene.words.say("task_later", text=task_line(scene, known)), rows(*buttons))


@shows
def ask_reason(scene: SceneOf[TaskReasonAsked]) -> Screen:
    """Ask why a task will not be done."""
    known = scene.engine.house.tasks[scene.message.task]
    drop = button(scene, DropQuestion(FACILITY))
    return Screen(scene.words.say("ask_task_reason", text=task_line(scene, known)), rows(drop), wants_text=True)


def task_line(scene: Scene, known: Task) -> str:
    """Say a task in one line: what it is about and until when."""
    return scene.words.say("task.line", text=task_text(scene.words, known), due=known.due.isoformat())
