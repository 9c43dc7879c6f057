"""The tasks' desk: seen, done, handed on, put off, dropped."""

from __future__ import annotations

import pytest

from flows.commands.upkeep import FinishTask, OpenTask
from flows.record.journal import FACILITY
from flows.state.house import Task
from tests.clinic import Clinic


def task(clinic: Clinic, owner: str = "nurse", text: str = "紙を補充する") -> int:
    """Open a task for somebody."""
    order = OpenTask(FACILITY, "improvement", {"text": text}, clinic.id(owner))
    return clinic.orders(order, "director").entries[0].turn


def known(clinic: Clinic, number: int) -> Task:
    """Give a task as it stands."""
    return clinic.engine.house.tasks[number]


async def test_everybody_sees_their_own(clinic: Clinic) -> None:
    """Those who decide see the others' as well."""
    task(clinic)

    assert "紙を補充する" in await clinic.says("nurse", "/tasks")
    assert "ありません" in await clinic.says("reception", "/tasks")
    shown = await clinic.says("director", "/tasks")
    assert "あなたの担当は、いまありません" in shown
    assert "紙を補充する（2027-04-15まで） 鈴木さん（看護師）" in shown


async def test_done_in_one_tap(clinic: Clinic) -> None:
    """By its owner; the second tap hears that it is over, whoever else is asked who it belongs to."""
    number = task(clinic)
    assert "鈴木さん（看護師）の担当" in await clinic.does("reception", button=f"menu|task_done|{number}")

    await clinic.does("nurse", button=f"menu|task_done|{number}")
    assert known(clinic, number).state == "done"
    assert "もう終わっています" in await clinic.does("nurse", button=f"menu|task_done|{number}")
    assert "もう終わっています" in await clinic.does("nurse", button=f"menu|task|{number}")


async def test_handed_on(clinic: Clinic) -> None:
    """To one of the people here, who is told."""
    number = task(clinic)
    await clinic.does("nurse", button=f"menu|task|{number}")
    assert "どなたに" in await clinic.says("nurse", "担当を変える")
    await clinic.says("nurse", "佐藤")

    assert known(clinic, number).owner == clinic.id("reception")
    assert "担当をお願いします" in clinic.read("reception")


async def test_put_off(clinic: Clinic) -> None:
    """To a later day, chosen from three."""
    number = task(clinic)
    await clinic.does("nurse", button=f"menu|task|{number}")
    await clinic.says("nurse", "期限を延ばす")
    await clinic.says("nurse", "2027-04-22まで")

    assert known(clinic, number).due.isoformat() == "2027-04-22"
    assert "もう終わっています" in await clinic.does("nurse", button=f"menu|task_later|{number}|soon")


async def test_dropped_with_a_reason(clinic: Clinic) -> None:
    """By those who decide; if it was done meanwhile, the question is let go."""
    first, second = task(clinic), task(clinic, text="棚を直す")
    await clinic.does("director", button=f"menu|task_drop|{first}")
    await clinic.says("director", "もう要らない")
    assert (known(clinic, first).state, known(clinic, first).said) == ("dropped", "もう要らない")
    assert "取りやめ" in clinic.read("nurse")

    await clinic.does("director", button=f"menu|task_drop|{second}")
    clinic.orders(FinishTask(FACILITY, second), "nurse")
    assert "もう終わっています" in await clinic.says("director", "要らない")
    assert clinic.id("director") not in clinic.engine.house.waiting_for


@pytest.mark.parametrize("data", ["menu|task|999", "menu|task|x", "menu|task_done", "menu|task_to|999|m1"])
async def test_what_is_no_more(clinic: Clinic, data: str) -> None:
    """A stale button is answered."""
    assert "もう終わっています" in await clinic.does("director", button=data)


async def test_an_open_step_is_a_task_too(clinic: Clinic) -> None:
    """Whoever asks what is theirs while something goes on reads their step; whoever has none reads so."""
    await clinic.incident()

    assert "👉 いまの手順: 様子のおかしいパソコン" in await clinic.says("reception", "/tasks")
    assert "担当していただいていることはありません" in await clinic.says("director", "/tasks")
