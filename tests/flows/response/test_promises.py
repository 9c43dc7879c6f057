"""What people outside promised: parsed, echoed, reminded of once, and settled by one tap."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows.commands.people import CallOff, KeepAsNote, Write
from flows.commands.promising import AskPromisedTime, CallAgain, KeepPromise, RemindPromise
from flows.notifications import still_true
from flows.response.promises import escalated_to, reminders_due, waiting
from flows.state.run import Promise
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, Clinic, one_step, replayed, state_of

CALL = "takes: contact\ncontact: vendor:ehr\nanswers: {cannot: {}}"


def called(text: str = "山田さん、9:30までに折り返し") -> Clinic:
    """Let reception call the vendor and write down what was promised; the director decides."""
    clinic = Clinic(
        one_step(CALL, after="      after:\n        ask: {ja: 待つ, en: Wait}\n        source: own\n")
    ).found()
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.answers(SATO)
    clinic.writes(SATO, text)
    return clinic


def promise(clinic: Clinic) -> Promise:
    """Give the one promise."""
    (found,) = clinic.run.promises.values()
    return found


def at(hour: int, minute: int) -> datetime:
    """Give a time of that morning."""
    return MORNING.replace(hour=hour, minute=minute)


def test_the_time_is_read_and_echoed() -> None:
    """Who was reached, what was promised and until when stays in the answer; the person sees how it was understood."""
    clinic = called()

    assert (promise(clinic).by, promise(clinic).until) == (SATO, at(9, 30))
    assert "promise_taken" in clinic.told_to(SATO)
    assert [p.turn for p in clinic.board(TAKAHASHI).promises] == [promise(clinic).turn]
    assert len(clinic.board(SATO).promises) == 1
    assert clinic.board(SUZUKI).promises == ()


def test_a_promise_that_passes_is_brought_up_once() -> None:
    """To whoever called and to whoever decides, when the time has come and not before; once, also after a restart."""
    clinic = called()
    before = clinic.wait(29)
    due = [o.to for o in clinic.wait(1) if o.name == "promise_missed"]
    after = clinic.wait(30)

    assert not [o for o in (*before, *after) if o.name == "promise_missed"]
    assert due == [f"phone:{SATO}", f"phone:{TAKAHASHI}"]
    assert state_of(replayed(clinic.journal).runs()[-1]) == state_of(clinic.run)


def test_a_missed_promise_is_told_only_while_it_is_missed() -> None:
    """What waited on a bad line is dropped once they have called back."""
    clinic = called()
    [told, _] = [o for o in clinic.wait(30) if o.name == "promise_missed"]
    assert still_true(told, clinic.run, SATO)

    clinic.act(SUZUKI, KeepPromise(clinic.run.id, promise(clinic).turn))
    assert not still_true(told, clinic.run, SATO)


def test_they_called_back() -> None:
    """One tap by anybody, in time or late; the next one hears who said so, and nobody is reminded."""
    clinic = called()
    clinic.act(SUZUKI, KeepPromise(clinic.run.id, promise(clinic).turn))
    second = clinic.refused(SATO, KeepPromise(clinic.run.id, promise(clinic).turn))

    assert (second.name, second.data["member"]) == ("already_kept", SUZUKI)
    assert not [o for o in clinic.wait(60) if o.name == "promise_missed"]
    assert (waiting(clinic.run), list(reminders_due(clinic.run))) == ([], [])
    assert clinic.refused(SATO, KeepPromise(clinic.run.id, 999)).name == "stale"


def test_a_second_miss_is_counted() -> None:
    """Called again, promised again, missed again: whoever decides is told that it is the second time."""
    clinic = called()
    clinic.wait(30)
    clinic.act(SUZUKI, CallAgain(clinic.run.id, promise(clinic).turn))
    clinic.writes(SUZUKI, "山田さん、9:45に来院")
    assert (promise(clinic).by, promise(clinic).until) == (SUZUKI, at(9, 45))
    assert "promise_taken" in clinic.told_to(SUZUKI)

    told = [(o.to, o.message.facts["count"]) for o in clinic.wait(15) if o.name == "promise_missed"]
    assert told == [(f"phone:{SUZUKI}", 2), (f"phone:{TAKAHASHI}", 2)]


def test_the_time_is_put_right() -> None:
    """Read wrongly, or not named at all; a text without a time is asked for again."""
    clinic = called("山田さん、折り返します")
    assert (promise(clinic).until, waiting(clinic.run)) == (None, [])

    clinic.act(SATO, AskPromisedTime(clinic.run.id, promise(clinic).turn))
    assert clinic.refused(SATO, Write(clinic.run.id, "もうすぐ")).name == "needs_time"
    clinic.writes(SATO, "10時半")
    assert promise(clinic).until == at(10, 30)
    assert SATO not in clinic.run.asking


def test_whoever_left_is_not_reminded() -> None:
    """Then whoever decides is; with nobody who decides, the first of the chain."""
    clinic = called()
    clinic.goes_home(SATO)
    assert [o.to for o in clinic.wait(30) if o.name == "promise_missed"] == [f"phone:{TAKAHASHI}"]


def test_with_nobody_who_decides_the_chain_hears_it() -> None:
    """The first of the chain who can be reached."""
    clinic = Clinic(
        one_step(CALL, after="      after:\n        ask: {ja: 待つ, en: Wait}\n        source: own\n")
    ).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    clinic.writes(SATO, "9:15までに折り返し")
    told = [o.to for o in clinic.wait(15) if o.name == "promise_missed"]

    assert told == [f"phone:{SATO}", f"phone:{TAKAHASHI}"]
    assert escalated_to(promise(clinic), clinic.run, clinic.context(SATO)) is None
    assert escalated_to(replace(promise(clinic), missed=2), clinic.run, clinic.context(SATO)) == TAKAHASHI


def test_an_answer_that_is_taken_back_promises_nothing() -> None:
    """The step is open again, and nobody is reminded of what was not meant."""
    clinic = called()
    clinic.act(SATO, KeepAsNote(clinic.run.id, promise(clinic).turn))

    assert clinic.run.promises == {}
    assert not [o for o in clinic.wait(60) if o.name == "promise_missed"]


def test_an_ended_run_waits_for_nobody() -> None:
    """What is over is over."""
    clinic = called()
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "直った"))

    assert not [o for o in clinic.wait(60) if o.name == "promise_missed"]


@pytest.mark.parametrize("minutes", [-1, 0])
def test_the_clock_does_not_remind_early(minutes: int) -> None:
    """What was ordered before the time came, or was moved meanwhile, is refused."""
    clinic = called()
    clinic.now = at(9, 30) + timedelta(minutes=minutes)
    order = RemindPromise(clinic.run.id, promise(clinic).turn)

    if minutes < 0:
        assert clinic.refused("clock", order).name == "stale"
    else:
        clinic.act("clock", order)
        assert promise(clinic).missed == 1
