"""The facility's own state, as the replay of its entries: questions that wait, tasks, and what was brought up already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows import events as ev
from flows.state.drill_calendar import Drill, DrillCalendar
from flows.state.stamp import Stamp
from flows.state.wall_pack import WallPack


@dataclass(frozen=True)
class Task:
    """Something that one person sees to by a day: a wrong number, an improvement. ``id`` is the turn that opened it.

    ``state`` goes open → done → verified (by a later drill), or dropped with a reason; ``said`` is what was said last.
    """

    id: int
    what: str
    about: dict[str, Any]
    owner: str
    due: date
    opened_by: str
    opened_at: datetime
    state: str = "open"
    said: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for its owner."""
        return self.state == "open"


@dataclass(frozen=True)
class SentWorkbook:
    """A workbook that somebody sent; ``id`` is the turn in which it came, ``state`` one of :data:`flows.facility.setting_up.MOVES`."""

    id: int
    member: str
    reference: str
    file_name: str
    state: str = "received"


@dataclass
class House:
    """The state of the facility's own entries."""

    turns: int = 0
    made_at: datetime | None = None
    asked: dict[int, ev.Asked] = field(default_factory=dict)
    waiting_for: dict[str, int] = field(default_factory=dict)
    enrolled: dict[str, datetime] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    brought_up: set[str] = field(default_factory=set)
    in_setup: bool = False
    setup_passed: set[str] = field(default_factory=set)
    workbooks: dict[int, SentWorkbook] = field(default_factory=dict)
    calendar: DrillCalendar = field(default_factory=DrillCalendar)
    wall: WallPack = field(default_factory=WallPack)

    @property
    def drills(self) -> dict[str, Drill]:
        """Every drill that was ever planned, by id."""
        return self.calendar.drills

    def apply(self, event: ev.Event | None, stamp: Stamp) -> None:
        """Take in one event; a text answers the newest question to its writer."""
        self.turns = stamp.turn
        self.calendar.apply(event, stamp)
        self.wall.apply(event, stamp)
        match event:
            case ev.FacilityMade():
                self.made_at = stamp.recorded_at
            case ev.MemberEnrolled():
                self.enrolled[event.member] = stamp.recorded_at
            case ev.Asked():
                self.asked[stamp.turn] = event
                self.waiting_for[event.member] = stamp.turn
            case ev.AskingDropped():
                self.waiting_for.pop(event.member, None)
            case ev.UpkeepBroughtUp():
                self.brought_up.update(event.matters)
            case ev.TaskOpened():
                self.tasks[stamp.turn] = Task(
                    stamp.turn, event.what, event.about, event.owner, date.fromisoformat(event.due), stamp.actor,
                    stamp.recorded_at,
                )  # fmt: skip
            case ev.TaskGiven():
                self._task(event.task, owner=event.owner, due=date.fromisoformat(event.due))
            case ev.TaskDone():
                self._task(event.task, state="done", said=event.how)
            case ev.TaskVerified():
                self._task(event.task, state="verified" if event.holds else "open")
            case ev.TaskDropped():
                self._task(event.task, state="dropped", said=event.reason)
            case ev.SetupBegun():
                self.in_setup, self.setup_passed = True, set()
            case ev.SetupPassed():
                self.setup_passed.add(event.question)
            case ev.WorkbookReceived():
                sent = SentWorkbook(stamp.turn, event.member, event.reference, event.file_name)
                self.workbooks[stamp.turn] = sent
            case ev.WorkbookMoved():
                self.workbooks[event.of] = replace(self.workbooks[event.of], state=event.state)
            case _:
                pass

    def _task(self, task: int, **changed: Any) -> None:
        self.tasks[task] = replace(self.tasks[task], **changed)

    def open_tasks(self, member: str | None = None) -> Iterator[Task]:
        """Give the tasks that wait, of one owner or of all, the oldest first."""
        return (t for t in self.tasks.values() if t.open and member in (None, t.owner))
