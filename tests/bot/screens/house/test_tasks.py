"""How tasks are said: what, until when, and what the reader may do about it."""

from __future__ import annotations

import pytest

from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from contacts.model import Contact
from flows.commands.contacts import DoubtNumber
from flows.commands.facility import ChangeMember
from flows.commands.upkeep import DropTask, FinishTask, OpenTask
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic
from tests.flows.clinic import entering

VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ<社>", number="03-1234-5678")


def seen(clinic: Clinic, name: str, who: str = "director", **data: object) -> Screen:
    """Render a message to somebody."""
    reader = clinic.id(who)
    return Renderer(clinic.engine).render(Owed(reader, message_of(name, data)), reader, clinic.clock.now())


def labels(screen: Screen) -> list[str]:
    """Give what stands on the buttons."""
    return [button.label for row in screen.rows for button in row]


def improvement(clinic: Clinic) -> int:
    """Open a task for the nurse."""
    order = OpenTask(FACILITY, "improvement", {"text": "紙を<補充>する"}, clinic.id("nurse"))
    return clinic.orders(order, "director").entries[0].turn


def wrong_number(clinic: Clinic) -> int:
    """Let the nurse say that a number is wrong; gives the director's task."""
    clinic.orders(entering(VENDOR))
    return clinic.orders(DoubtNumber(FACILITY, "v"), "nurse").entries[-2].turn


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_can_be_said(clinic: Clinic, language: Language) -> None:
    """Given, done, dropped, handed on, put off; in both languages, with what its owner said."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": language}), "director")
    number = improvement(clinic)
    for name in ("task", "task_to", "task_later", "ask_task_reason"):
        assert "紙を&lt;補充&gt;する" in seen(clinic, name, task=number).text
    clinic.orders(FinishTask(FACILITY, number, "棚に<30枚>"), "nurse")

    for name in ("task", "task_done", "task_dropped"):
        assert "紙を&lt;補充&gt;する" in seen(clinic, name, task=number).text
    assert "棚に&lt;30枚&gt;" in seen(clinic, "task_done", task=number).text


def test_what_can_be_done_depends_on_who_reads(clinic: Clinic) -> None:
    """Its owner, those who keep tasks in order, and everybody else."""
    number = improvement(clinic)

    assert labels(seen(clinic, "task", "nurse", task=number)) == ["できました", "担当を変える", "期限を延ばす"]
    assert labels(seen(clinic, "task", "director", task=number))[-1] == "やめる（理由）"
    assert labels(seen(clinic, "task", "reception", task=number)) == []


def test_a_wrong_number_is_settled_on_its_card(clinic: Clinic) -> None:
    """Not by saying that it is done; it is named as the contact is called now, even when that is gone."""
    number = wrong_number(clinic)
    shown = seen(clinic, "task", task=number)
    assert labels(shown)[:2] == ["新しい番号を入れる", "連絡先を見る"]
    assert "カルテ&lt;社&gt;の正しい電話番号" in shown.text
    assert any("カルテ<社>" in label for label in labels(seen(clinic, "tasks")))


def test_an_old_message_says_how_it_stands_now(clinic: Clinic) -> None:
    """Changed in place when the task is over; then there is nothing left to tap."""
    number = improvement(clinic)
    clinic.orders(DropTask(FACILITY, number, "要らない"), "director")
    shown = seen(clinic, "task", "nurse", task=number)

    assert "取りやめ" in shown.text
    assert labels(shown) == []


def test_nothing_to_do(clinic: Clinic) -> None:
    """Is said, not shown as an empty list."""
    assert seen(clinic, "tasks", "nurse").text == "いま担当していただいていることはありません。"
