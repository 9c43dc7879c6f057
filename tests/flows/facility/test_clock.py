"""The clock of the machine goes back: nobody waits longer for that, and whoever decides is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from flows.commands.danger import SeeDanger
from flows.engine import Engine
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, SUZUKI, TROUBLE, Clinic, playbook_of

HALF_AN_HOUR = 30


def somebody_answers(clinic: Clinic) -> None:
    """A response that goes on: somebody has confirmed, a step is done, another waits."""
    clinic.reports()
    clinic.wait(2)
    clinic.confirms(SUZUKI)
    clinic.answers(SUZUKI)


def nobody_answers(clinic: Clinic) -> None:
    """A response that everybody is silent in."""
    clinic.reports()


def nobody_sorts_it(clinic: Clinic) -> None:
    """A report that waits for somebody to say what it is."""
    clinic.reports(playbook=None, candidates=("trouble",))


def somebody_collapses(clinic: Clinic) -> None:
    """A danger that rings everybody unless it is taken back."""
    clinic.act(SATO, SeeDanger(FACILITY, "person", "患者さんが倒れた", plain=True))


def heard_in(clinic: Clinic) -> list[tuple[int, str, str]]:
    """Give what is heard in the next half hour: in which minute, who, and what."""
    return [
        (minute, owed.to, owed.name)
        for minute in range(HALF_AN_HOUR)
        for owed in clinic.wait(1)
        if owed.name != "clock_went_back"
    ]


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
@pytest.mark.parametrize("scene", [somebody_answers, nobody_answers, nobody_sorts_it, somebody_collapses])
def test_a_clock_that_goes_back_keeps_nobody_waiting(scene: Callable[[Clinic], None], back: timedelta) -> None:
    """In the half hour after it everybody hears the same, in the same minutes, as with a clock that is right; also after a restart."""
    right, wrong, started = (Clinic(playbook_of(TROUBLE)).found() for _ in range(3))
    for clinic in (right, wrong, started):
        clinic.now += timedelta(hours=2)  # an hour earlier the doors are open, too
        scene(clinic)
    wrong.now -= back
    started.now -= back
    started.engine = Engine(started.journal, started.handbook)

    for clinic in (right, wrong, started):
        clinic.tick()
    expected = heard_in(right)
    assert expected
    assert heard_in(wrong) == expected
    assert heard_in(started) == expected
    assert [m.to for m in wrong.heard if m.name == "clock_went_back"] == ["phone:m1", "phone:m2"]


def test_what_is_heard_before_the_clock_is_looked_at_waits_from_then() -> None:
    """A message that comes in the moment after the clock went back counts from now: it is not an hour old."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.wait(1)
    clinic.now -= timedelta(hours=1)
    somebody_collapses(clinic)
    clinic.tick()
    assert clinic.got("danger_alarm") == []
    clinic.wait(1)
    assert clinic.got("danger_alarm")


@pytest.mark.parametrize("there_and_back", [timedelta(minutes=31), timedelta(days=1)])
def test_a_clock_that_goes_forward_keeps_nobody_from_being_rung(there_and_back: timedelta) -> None:
    """Nor one that went back and is put right; a bot that was off for so long rings nobody by itself, and says so."""
    forward, put_right, off = (Clinic(playbook_of(TROUBLE)).found() for _ in range(3))
    for clinic in (forward, put_right, off):
        somebody_collapses(clinic)
    put_right.now -= there_and_back
    put_right.tick()
    put_right.now += there_and_back
    for clinic in (forward, off):
        clinic.now += there_and_back
    off.engine = Engine(off.journal, off.handbook)
    for clinic in (forward, put_right, off):
        clinic.now += timedelta(minutes=1)
        clinic.tick()

    assert [bool(clinic.got("danger_alarm")) for clinic in (forward, put_right, off)] == [True, True, False]
    assert [bool(clinic.got("danger_came_late")) for clinic in (forward, put_right, off)] == [False, False, True]


def test_two_processes_see_it_once() -> None:
    """Whoever looks second finds it entered, and nothing goes back twice."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    nobody_answers(clinic)
    other = Engine(clinic.journal, clinic.handbook)
    other.tick(clinic.now)
    clinic.now -= timedelta(hours=1)
    clinic.tick()
    other.tick(clinic.now)
    assert [e.kind for e in clinic.journal.entries()].count("clock_set_back") == 1


def test_small_steps_are_no_matter() -> None:
    """A clock that is put right by half a minute is entered nowhere and told to nobody."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.wait(1)
    clinic.now -= timedelta(seconds=30)
    clinic.tick()
    assert clinic.got("clock_went_back") == []
