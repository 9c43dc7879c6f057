"""The tasks' desk: what somebody sees to, done, handed on, put off or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.desks.desk import Act, Desk, Handler
from flows import commands as cmd
from flows.engine import Outcome
from flows.facility.settling import keeps
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.state.house import Task


class TasksDesk(Desk):
    """Shows tasks to their owners, and all of them to those who keep them in order."""

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
        if found.owner != act.member and not keeps(self.engine.context(self.now(), act.member), act.member):
            raise Refused("not_yours", member=found.owner)
        return found

    def _shown(self, act: Act) -> None:
        task = self._task(act)
        self.engine.owe(
            [Owed(act.member, "task", data={"task": task.id}, key=f"task:{task.id}", priority=1)], self.now()
        )

    def _done(self, act: Act) -> Outcome:
        return self.order(cmd.FinishTask(FACILITY, self._task(act).id), act)

    def _to(self, act: Act) -> Outcome | None:
        task = self._task(act)
        match act.words:
            case (_, member):
                return self.order(cmd.GiveTask(FACILITY, task.id, member), act)
            case _:
                self.show(act.member, "task_to", task=task.id)
                return None

    def _later(self, act: Act) -> Outcome | None:
        task = self._task(act)
        match act.words:
            case (_, day):
                return self.order(cmd.GiveTask(FACILITY, task.id, due=_day(day)), act)
            case _:
                self.show(act.member, "task_later", task=task.id)
                return None

    def _drop(self, act: Act) -> Outcome:
        return self.order(cmd.AskMember(FACILITY, "task_reason", {"task": self._task(act).id}), act)

    def _dropped(self, act: Act) -> Outcome:
        """Drop the task, unless somebody has settled it meanwhile; then there is nothing left to ask for."""
        try:
            dropped = self.order(cmd.DropTask(FACILITY, int(str(act.about["task"])), act.text), act)
        except Refused as refusal:
            if refusal.name == "stale":
                self.answered(act)
            raise
        self.answered(act)
        return dropped


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Refused("stale") from error
