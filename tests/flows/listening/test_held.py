"""What was held back until its writer says where it belongs: it is taken where it most likely does, if nobody says."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.facility import AskMember
from flows.listening.held import TOO_LATE
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, SUZUKI, Clinic

TEXT = "電話がつながらない"


def held(clinic: Clinic) -> None:
    """Let the nurse write something in the middle of an incident, and be asked to what it belongs."""
    run = clinic.reports(SATO).id
    about = {"runs": [run], "text": TEXT, "cause": "telegram:1:7"}
    clinic.act(SUZUKI, AskMember(FACILITY, "which_run", about))


def test_what_nobody_says_is_taken_after_three_minutes(clinic: Clinic) -> None:
    """Not before, since its writer may still say; then it is a note of what goes on, once."""
    held(clinic)
    clinic.wait(2)
    assert [note.text for note in clinic.run.notes.values()] == []
    clinic.wait(10)
    assert [note.text for note in clinic.run.notes.values()] == [TEXT]


def test_a_bot_that_was_off_for_long_takes_nothing(clinic: Clinic) -> None:
    """What goes on has gone on without it."""
    held(clinic)
    clinic.now += TOO_LATE + timedelta(minutes=3)
    clinic.tick()
    assert [note.text for note in clinic.run.notes.values()] == []
