"""May this be, and what follows."""

from __future__ import annotations

import pytest

from flows.commands.clock import AssignWaiting, ReleaseStep
from flows.commands.command import Command
from flows.commands.people import (
    Acknowledge,
    CallOff,
    ChoosePlaybook,
    Claim,
    Close,
    DropQuestion,
    HandIn,
    Join,
    Reopen,
    ShowAgain,
    TakeCommand,
    Waive,
    Write,
)
from flows.decide import decide
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, happened, state_of


def test_deciding_changes_nothing(clinic: Clinic) -> None:
    """What follows is tried on a copy: the run stays as it is, until the journal has it."""
    clinic.reports(SATO)
    before = repr(state_of(clinic.run))

    work = decide(clinic.run, Acknowledge(clinic.run.id), clinic.context(TAKAHASHI))

    assert work.run.commander == TAKAHASHI
    assert repr(state_of(clinic.run)) == before


def test_a_refusal_leaves_no_trace(clinic: Clinic) -> None:
    """Also when it comes in the middle: the photo of a refused answer isn't half received."""
    clinic.reports(SATO)
    shown = clinic.screen(SUZUKI).turn

    clinic.refused(SATO, HandIn(clinic.run.id, "phone:1", "photo", shown=shown))

    assert clinic.run.evidence == {}


@pytest.mark.parametrize(
    "order",
    [
        Acknowledge,
        TakeCommand,
        Close,
        AssignWaiting,
        lambda run: Join(run, "また"),
        lambda run: Claim(run, "vendors"),
        lambda run: ChoosePlaybook(run, "trouble"),
    ],
)
def test_what_has_ended_has_ended(clinic: Clinic, order: type[Command]) -> None:
    """Buttons of a run that is over answer with its end, whatever they were for."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))

    refusal = clinic.refused(SUZUKI, order(clinic.run.id))

    assert (refusal.name, refusal.data) == ("ended", {"state": "false_alarm"})


def test_an_answer_to_an_ended_run_says_so(clinic: Clinic) -> None:
    """A text written as the answer of a step that is gone isn't filed silently as something else."""
    clinic.reports(SATO)
    shown = clinic.screen(SUZUKI).turn
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))

    assert clinic.refused(SUZUKI, Write(clinic.run.id, "12", shown)).name == "ended"


def test_an_order_nobody_knows_is_refused(clinic: Clinic) -> None:
    """What isn't for a run is no order to a run."""
    clinic.reports(SATO)

    assert clinic.refused(SATO, ShowAgain(clinic.run.id)).name == "not_now"


def test_a_text_goes_where_it_is_waited_for(clinic: Clinic) -> None:
    """Reason of a false alarm, of a waiver, of a reopening: the next text of the one who was asked, nobody else's."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id))
    clinic.writes(SATO, "何か焦げくさい")
    assert clinic.run.live

    clinic.writes(TAKAHASHI, "ケーブルが抜けていた")
    assert clinic.run.end_reason == "ケーブルが抜けていた"

    clinic.act(TAKAHASHI, Reopen(clinic.run.id))
    clinic.writes(TAKAHASHI, "抜けていたのは別の線")
    assert clinic.run.state == "reopened"

    clinic.act(TAKAHASHI, Waive(clinic.run.id))
    clinic.writes(TAKAHASHI, "残りは明日")
    assert set(clinic.run.waived.values()) == {"残りは明日"}


def test_a_free_hand_gets_what_waits(clinic: Clinic) -> None:
    """Confirming, answering and taking command each see whether something waits for the one who is there now."""
    clinic.reports(SATO)

    assert happened(clinic.confirms(TAKAHASHI)) == ["acknowledged", "command_taken", "step_shown"]


def test_nobody_drops_a_question_nobody_asked(clinic: Clinic) -> None:
    """[やめる] with nothing to drop does nothing, and writes nothing."""
    clinic.reports(SATO)

    assert clinic.act(SATO, DropQuestion(clinic.run.id)).entries == ()


def test_a_released_step_is_not_released_again(clinic: Clinic) -> None:
    """A second tick that comes late is refused."""
    clinic.reports(SATO)
    clinic.wait(10)
    released = next(s for s in clinic.run.shown.values() if s.released)

    assert clinic.refused("clock", ReleaseStep(clinic.run.id, released.turn, "overdue")).name == "stale"


def test_a_silent_commander_loses_step_and_command(clinic: Clinic) -> None:
    """The director took command and stayed silent over a decision: reminded, then the deputy is asked to decide."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    owed = clinic.wait(20)

    assert "step_reminder" in [o.name for o in owed if o.to == f"phone:{TAKAHASHI}"]
    assert clinic.run.commander is None
    assert clinic.got("command_ask") == ["m2"]


def test_a_question_to_two_is_answered_by_one(clinic: Clinic) -> None:
    """Two are asked the same and one answers: what the other writes then is a note, and nobody waits for more."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, Waive(clinic.run.id))
    clinic.act(TANAKA, Waive(clinic.run.id))
    clinic.writes(TAKAHASHI, "残りは明日")
    assert clinic.run.asking == {}

    assert happened(clinic.writes(TANAKA, "今日はここまで"))[0] == "note_taken"


def test_what_is_written_to_a_void_question_is_kept(clinic: Clinic) -> None:
    """Asked for a reason and no longer entitled to give it: the words are kept as a note, never refused and lost."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(SUZUKI, CallOff(clinic.run.id))
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))

    outcome = clinic.writes(SUZUKI, "壁紙を変えただけでした")

    assert happened(outcome)[:2] == ["asking_dropped", "note_taken"]
    assert "note_kept" in clinic.told_to(SUZUKI)
    assert (clinic.run.live, clinic.run.asking) == (True, {})
