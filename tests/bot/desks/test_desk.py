"""What every desk has: screens to show, refusals to tell, and a cause for what is held back."""

from __future__ import annotations

from bot.desks.desk import Desk, held_cause, told
from flows.commands.facility import AskMember
from flows.messages.upkeep import TasksListed
from flows.record.journal import FACILITY
from flows.refusals import Refused
from tests.clinic import Clinic


async def test_a_screen_is_owed_to_whoever_asked(clinic: Clinic) -> None:
    """A desk writes nothing: what it gives is a deed, and the engine writes it."""
    shown = Desk(clinic.engine, clinic.clock).show(clinic.id("nurse"), TasksListed())
    assert clinic.book.unsent() == []

    clinic.does_deed("nurse", shown)
    assert [d.owed.name for d in clinic.book.unsent()] == ["tasks"]


async def test_a_refusal_that_makes_a_question_void_ends_it(clinic: Clinic) -> None:
    """Then nothing is waited for any more; any other refusal lets the person answer again."""
    nurse = clinic.id("nurse")
    clinic.orders(AskMember(FACILITY, "task_reason", {"task": 1}), "nurse")
    for void in (False, True):
        assert clinic.does_deed("nurse", told(Refused("stale"), void=void)).refused is not None
        assert (nurse in clinic.engine.house.waiting_for) is not void


def test_what_is_held_back_has_its_own_cause(clinic: Clinic) -> None:
    """The question about it stands under the act's own."""
    assert held_cause(clinic.act("nurse", text="a", cause="telegram:1:2")) == "telegram:1:2:held"
