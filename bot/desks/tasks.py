"""The tasks' desk: what somebody sees to, done, handed on, put off or dropped."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler, RequestHandler, there, told
from bot.screens.requests.request import Request
from bot.screens.requests.tasks import (
    AskTaskDay,
    AskTaskOwner,
    AskTaskReason,
    HandTaskOn,
    OfTask,
    PutTaskOff,
    ShowTask,
    TickTask,
)
from flows.commands.facility import AskMember
from flows.commands.upkeep import DropTask, FinishTask, GiveTask
from flows.deeds import Deed
from flows.messages.upkeep import TaskLater, TaskShown, TasksListed, TaskTo
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.state.house import Task


class TasksDesk(Desk):
    """Shows tasks to their owners, and all of them to those who keep them in order."""

    main = (TasksListed(), None)

    prose = frozenset({"task_reason"})

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/tasks``."""
        return {"/tasks": lambda act: self.show(act.member, TasksListed())}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about one task."""
        return {
            ShowTask: self._shown,
            TickTask: lambda act, asked: Deed(FinishTask(FACILITY, self._task(act, asked).id)),
            AskTaskOwner: lambda act, asked: self.show(act.member, TaskTo(self._task(act, asked).id)),
            HandTaskOn: self._hand_on,
            AskTaskDay: lambda act, asked: self.show(act.member, TaskLater(self._task(act, asked).id)),
            PutTaskOff: self._put_off,
            AskTaskReason: self._ask_reason,
        }

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read why a task is dropped."""
        return {"task_reason": self._dropped}

    def _task(self, act: Act, asked: OfTask) -> Task:
        """Give the open task that a button is about, to those whom it concerns."""
        found = there(self.engine.house.tasks.get(asked.task))
        if not found.open:
            raise Refused("task_over", member=found.owner)
        self.only(FinishTask(FACILITY, found.id), act)
        return found

    def _shown(self, act: Act, asked: ShowTask) -> Deed:
        task = self._task(act, asked)
        return Deed(Owed(act.member, TaskShown(task.id), key=f"task:{task.id}", priority=AT_ONCE))

    def _hand_on(self, act: Act, asked: HandTaskOn) -> Deed:
        return Deed(GiveTask(FACILITY, self._task(act, asked).id, asked.member))

    def _put_off(self, act: Act, asked: PutTaskOff) -> Deed:
        return Deed(GiveTask(FACILITY, self._task(act, asked).id, due=asked.day))

    def _ask_reason(self, act: Act, asked: AskTaskReason) -> Deed:
        task = self._task(act, asked)
        self.only(DropTask(FACILITY, task.id, ""), act)
        return Deed(AskMember(FACILITY, "task_reason", {"task": task.id}))

    def _dropped(self, act: Act) -> Deed:
        """Drop the task, unless somebody has settled it meanwhile; then there is nothing left to ask for."""
        dropped = DropTask(FACILITY, int(str(act.about["task"])), act.text)
        return Deed(dropped, answers=True, or_else=lambda refusal: told(refusal, void=refusal.name == "stale"))
