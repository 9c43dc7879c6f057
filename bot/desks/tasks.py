"""The tasks' desk: what somebody sees to, done, handed on, put off or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.desks.desk import Act, Desk, Handler, told
from flows.commands.facility import AskMember
from flows.commands.upkeep import DropTask, FinishTask, GiveTask
from flows.deeds import Deed
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.state.house import Task


class TasksDesk(Desk):
    """Shows tasks to their owners, and all of them to those who keep them in order."""

    main = ("tasks", None)

    prose = frozenset({"task_reason"})

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/tasks``."""
        return {"/tasks": lambda act: self.show(act.member, "tasks")}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus about one task; the first word behind the menu's own is its id."""
        return {
            "task": self._shown, "task_done": self._done, "task_to": self._to, "task_later": self._later,
            "task_drop": self._drop,
        }  # fmt: skip

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read why a task is dropped."""
        return {"task_reason": self._dropped}

    def _task(self, act: Act) -> Task:
        """Give the open task that a button is about, to those whom it concerns."""
        number = act.words[0] if act.words else ""
        found = self.engine.house.tasks.get(int(number)) if number.isdecimal() else None
        if found is None or not found.open:
            raise Refused("task_over", member=found.owner) if found else Refused("stale")
        self.only(FinishTask(FACILITY, found.id), act)
        return found

    def _shown(self, act: Act) -> Deed:
        task = self._task(act)
        return Deed(Owed(act.member, "task", data={"task": task.id}, key=f"task:{task.id}", priority=1))

    def _done(self, act: Act) -> Deed:
        return Deed(FinishTask(FACILITY, self._task(act).id))

    def _to(self, act: Act) -> Deed:
        task = self._task(act)
        match act.words:
            case (_, member):
                return Deed(GiveTask(FACILITY, task.id, member))
            case _:
                return self.show(act.member, "task_to", task=task.id)

    def _later(self, act: Act) -> Deed:
        task = self._task(act)
        match act.words:
            case (_, day):
                return Deed(GiveTask(FACILITY, task.id, due=_day(day)))
            case _:
                return self.show(act.member, "task_later", task=task.id)

    def _drop(self, act: Act) -> Deed:
        task = self._task(act)
        self.only(DropTask(FACILITY, task.id, ""), act)
        return Deed(AskMember(FACILITY, "task_reason", {"task": task.id}))

    def _dropped(self, act: Act) -> Deed:
        """Drop the task, unless somebody has settled it meanwhile; then there is nothing left to ask for."""
        dropped = DropTask(FACILITY, int(str(act.about["task"])), act.text)
        return Deed(dropped, answers=True, or_else=lambda refusal: told(refusal, void=refusal.name == "stale"))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Refused("stale") from error
