"""Tasks: one owner, one day, done or dropped for a reason, and brought up until then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from flows.commands.upkeep import DropTask, FinishTask, GiveTask, OpenTask, VerifyTask
from flows.facility.tasks import later_days, reminded_on
from flows.record.journal import FACILITY
from flows.state.house import Task
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, replayed


def opened(clinic: Clinic, by: str = SATO, owner: str = SUZUKI) -> Task:
    """Open a task for somebody."""
    outcome = clinic.act(by, OpenTask(FACILITY, "improvement", {"text": "紙を補充する"}, owner))
    return clinic.engine.house.tasks[outcome.entries[0].turn]


def test_a_task_has_an_owner_and_a_day(clinic: Clinic) -> None:
    """The owner is told; it is due in two weeks, if nobody says otherwise."""
    task = opened(clinic)

    assert (task.owner, task.state) == (SUZUKI, "open")
    assert task.due == date.fromisoformat(clinic.today) + timedelta(days=14)
    assert clinic.got("task") == [SUZUKI]


def test_without_an_owner_whoever_decides_sees_to_it(clinic: Clinic) -> None:
    """No task is nobody's: with no safety manager here it is the director's."""
    assert opened(clinic, owner="").owner == TAKAHASHI


def test_its_owner_says_that_it_is_done(clinic: Clinic) -> None:
    """So does whoever decides; nobody else, and nobody twice."""
    task = opened(clinic)
    assert clinic.refused(SATO, FinishTask(FACILITY, task.id)).name == "not_yours"

    clinic.act(SUZUKI, FinishTask(FACILITY, task.id, "棚に30枚"))
    assert clinic.engine.house.tasks[task.id].said == "棚に30枚"
    assert clinic.got("task_done") == [TAKAHASHI]
    assert clinic.refused(TAKAHASHI, FinishTask(FACILITY, task.id)).name == "stale"


def test_a_task_changes_hands(clinic: Clinic) -> None:
    """Its owner and whoever decides may hand it on; the next one is told."""
    task = opened(clinic)
    assert clinic.refused(SATO, GiveTask(FACILITY, task.id, SATO)).name == "keepers_only"
    assert clinic.refused(SUZUKI, GiveTask(FACILITY, task.id, "nobody")).name == "stale"

    clinic.act(SUZUKI, GiveTask(FACILITY, task.id, TANAKA))
    assert clinic.engine.house.tasks[task.id].owner == TANAKA
    assert {(o.to, o.edits) for o in clinic.told if o.name == "task"} == {
        (f"phone:{TANAKA}", False),
        (f"phone:{SUZUKI}", True),
    }


def test_a_task_is_put_off(clinic: Clinic) -> None:
    """By one, two or four weeks, counted from its day or from today; the same day twice is one entry."""
    task = opened(clinic)
    day = later_days(task, task.due + timedelta(days=3))[0]
    assert day == task.due + timedelta(days=10)

    assert clinic.act(SUZUKI, GiveTask(FACILITY, task.id, due=day)).entries
    assert clinic.act(SUZUKI, GiveTask(FACILITY, task.id, due=day)).entries == ()
    assert (clinic.engine.house.tasks[task.id].due, clinic.engine.house.tasks[task.id].owner) == (day, SUZUKI)


def test_the_safety_manager_keeps_all_tasks(clinic: Clinic) -> None:
    """Finishes, hands on and drops what others see to, as those who decide do."""
    manager = clinic.hire(name="山本", roles=("safety_manager",))
    first, second = opened(clinic), opened(clinic)

    clinic.act(manager, GiveTask(FACILITY, first.id, SATO))
    clinic.act(manager, FinishTask(FACILITY, first.id))
    clinic.act(manager, DropTask(FACILITY, second.id, "もう要らない"))
    assert list(clinic.engine.house.open_tasks()) == []


def test_dropping_needs_a_reason(clinic: Clinic) -> None:
    """Only whoever decides drops a task, and the reason stays."""
    task = opened(clinic)
    assert clinic.refused(SUZUKI, DropTask(FACILITY, task.id, "不要")).name == "keepers_only"
    assert clinic.refused(TAKAHASHI, DropTask(FACILITY, task.id, " ")).name == "needs_reason"

    clinic.act(TAKAHASHI, DropTask(FACILITY, task.id, "設備を入れ替える"))
    assert clinic.engine.house.tasks[task.id].state == "dropped"


@pytest.mark.parametrize(("holds", "state"), [(True, "verified"), (False, "open")])
def test_a_drill_verifies_what_was_done(clinic: Clinic, holds: bool, state: str) -> None:
    """What holds is verified; what does not is open again, under the same number."""
    task = opened(clinic)
    assert clinic.refused(TAKAHASHI, VerifyTask(FACILITY, task.id, "drill-1")).name == "stale"
    clinic.act(SUZUKI, FinishTask(FACILITY, task.id))
    clinic.act(TAKAHASHI, VerifyTask(FACILITY, task.id, "drill-1", holds))

    assert clinic.engine.house.tasks[task.id].state == state
    assert replayed(clinic.journal).house.tasks == clinic.engine.house.tasks


def test_reminders_of_a_task(clinic: Clinic) -> None:
    """Three days before, on the day, and every week after it: one at a time, the last that is due."""
    task = opened(clinic)
    days = [task.due + timedelta(days=d) for d in (-4, -3, -1, 0, 6, 7, 20)]
    said = [next(reminded_on(task, day), "").removeprefix(f"task:{task.id}:") for day in days]
    expected = [None, -3, -3, 0, 0, 7, 14]

    assert said == ["" if d is None else str(task.due + timedelta(days=d)) for d in expected]
