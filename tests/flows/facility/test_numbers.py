"""Numbers in people's hands: verified, doubted, put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contacts.model import Contact
from flows.commands.command import Command
from flows.commands.contacts import DoubtNumber, EnterNumber, VerifyNumber
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.upkeep import DropTask, GiveTask
from flows.events.facility import RegistryChanged
from flows.facility.numbers import card_key
from flows.record.journal import FACILITY
from flows.state.house import Task
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, entering, replayed

VENDOR = Contact(
    id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678", night_number="090-1234-5678"
)


@pytest.fixture
def shop(clinic: Clinic) -> Clinic:
    """The clinic with a vendor."""
    clinic.act(TAKAHASHI, entering(VENDOR))
    return clinic


def known(clinic: Clinic) -> Contact:
    """Give the vendor as it is kept."""
    found = clinic.engine.roster().contact("v")
    assert found is not None
    return found


def tasks(clinic: Clinic) -> list[Task]:
    """Give the open tasks."""
    return list(clinic.engine.house.open_tasks())


def test_verified_today_in_one_tap(shop: Clinic) -> None:
    """With the day and the name of whoever tapped; the journal names the fields alone, and the next one hears who it was."""
    happened = shop.act(TANAKA, VerifyNumber(FACILITY, "v")).events
    assert happened == (RegistryChanged("contact", "v", "changed", ("verified_by", "verified_on")),)
    assert (str(known(shop).verified_on), known(shop).verified_by) == (shop.today, "田中")

    again = shop.refused(TAKAHASHI, VerifyNumber(FACILITY, "v"))
    assert (again.name, again.data["by"]) == ("already_verified", "田中")
    shop.now += timedelta(days=1)
    shop.act(TAKAHASHI, VerifyNumber(FACILITY, "v"))
    assert known(shop).verified_by == "高橋"


def test_a_wrong_number_becomes_a_task(shop: Clinic) -> None:
    """Anybody says so; somebody sees to it, and is told; the number stays."""
    shop.act(SATO, DoubtNumber(FACILITY, "v"))

    assert (str(known(shop).doubted_on), known(shop).doubted_numbers) == (shop.today, ("number",))
    assert known(shop).number == "03-1234-5678"
    (task,) = tasks(shop)
    assert (task.what, task.owner, task.about) == ("number_wrong", TAKAHASHI, {"contact": "v"})
    assert shop.got("task") == [TAKAHASHI]
    assert [o.message.facts["task"] for o in shop.told if o.name == "task"] == [task.id]


def test_doubting_twice_opens_one_task(shop: Clinic) -> None:
    """The second person hears who sees to it; another number of the same contact goes into the same task."""
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    second = shop.refused(SUZUKI, DoubtNumber(FACILITY, "v"))
    assert (second.name, second.data["member"]) == ("already_doubted", TAKAHASHI)

    shop.act(SUZUKI, DoubtNumber(FACILITY, "v", "night_number"))
    assert known(shop).doubted_numbers == ("number", "night_number")
    assert len(tasks(shop)) == 1


def test_a_dropped_task_does_not_silence_anybody(shop: Clinic) -> None:
    """Who doubts the number again after that opens another."""
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    shop.act(TAKAHASHI, DropTask(FACILITY, tasks(shop)[0].id, "かけたらつながった"))

    shop.act(SUZUKI, DoubtNumber(FACILITY, "v"))
    assert len(tasks(shop)) == 1


def test_the_new_number_ends_the_task(shop: Clinic) -> None:
    """It takes its one form, nobody has verified it yet, and the doubt is over."""
    shop.act(TAKAHASHI, VerifyNumber(FACILITY, "v"))
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    shop.act(TAKAHASHI, EnterNumber(FACILITY, "v", "０３ １２３４ ９９９９"))

    assert (known(shop).number, known(shop).verified_on, known(shop).doubted_on) == ("03-1234-9999", None, None)
    assert tasks(shop) == []
    assert replayed(shop.journal).house.tasks == shop.engine.house.tasks
    assert shop.told_to(TAKAHASHI) == ["number_entered", "contact"]
    assert [o.key for o in shop.told if o.edits and o.name == "contact"] == [card_key("v")]


def test_a_verification_ends_the_task_too(shop: Clinic) -> None:
    """The number was right after all, even if it had been verified earlier on the same day."""
    shop.act(TAKAHASHI, VerifyNumber(FACILITY, "v"))
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    shop.act(TANAKA, VerifyNumber(FACILITY, "v"))

    assert (known(shop).doubted_on, tasks(shop)) == (None, [])
    assert shop.got("task_done") == [TAKAHASHI]


@pytest.mark.parametrize("gone", [False, True])
def test_whatever_way_the_number_changes(shop: Clinic, gone: bool) -> None:
    """An import or a form that changes or removes it ends the task as well."""
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    now = known(shop)
    after = None if gone else now.model_copy(update={"number": "03-1234-9999"}).model_dump_json()
    shop.act(TANAKA, PutRegistry(FACILITY, (RegistryRow("contact", "v", after, now.model_dump_json()),)))

    assert tasks(shop) == []


def test_another_doubt_keeps_the_task(shop: Clinic) -> None:
    """As long as one of the numbers is doubted, there is something to do."""
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    shop.act(SATO, DoubtNumber(FACILITY, "v", "night_number"))
    shop.act(TAKAHASHI, EnterNumber(FACILITY, "v", "03-1234-9999"))

    assert known(shop).doubted_numbers == ("night_number",)
    assert len(tasks(shop)) == 1


def test_who_may_change_a_number(shop: Clinic) -> None:
    """Who decides, the safety manager, and the owner of the task; nobody else."""
    for order in (VerifyNumber(FACILITY, "v"), EnterNumber(FACILITY, "v", "03-1234-9999")):
        assert shop.refused(SATO, order).name == "keepers_only"
    shop.act(SATO, DoubtNumber(FACILITY, "v"))
    shop.act(TAKAHASHI, GiveTask(FACILITY, tasks(shop)[0].id, SUZUKI))
    shop.act(SUZUKI, EnterNumber(FACILITY, "v", "03-1234-9999"))
    assert shop.refused(SUZUKI, VerifyNumber(FACILITY, "v")).name == "keepers_only"

    manager = shop.hire(name="山本", roles=("safety_manager",))
    shop.act(manager, VerifyNumber(FACILITY, "v"))
    assert known(shop).verified_by == "山本"


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (EnterNumber(FACILITY, "v", "1234"), "bad_number"),
        (EnterNumber(FACILITY, "v", "なし"), "bad_number"),
        (EnterNumber(FACILITY, "v", "03 1234 5678"), "same_number"),
        (EnterNumber(FACILITY, "v", "110", "x"), "stale"),
        (EnterNumber(FACILITY, "gone", "110"), "stale"),
        (VerifyNumber(FACILITY, "gone"), "stale"),
        (DoubtNumber(FACILITY, "v", "alternate_number"), "stale"),
        (DoubtNumber(FACILITY, "v", "name"), "stale"),
    ],
)
def test_what_may_not_be(shop: Clinic, order: Command, why: str) -> None:
    """Each has its answer, and nothing changes."""
    assert shop.refused(TAKAHASHI, order).name == why
