"""Powers that nobody's screen shows to be missing: what only the bot orders, and what is looked at after a drill."""

from __future__ import annotations

import pytest

from flows.commands.clock import LapseCommand, ReleaseStep
from flows.commands.command import Command
from flows.commands.drilling import AbortExercise
from flows.commands.drills import PlanYear
from flows.commands.people import Close, Report, SkipQuestion
from flows.commands.upkeep import FinishTask, OpenTask, VerifyTask
from flows.powers import CHAIN, DRILL_LEADERS, KEEPERS, may
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA
from tests.flows.drills import begin, rehearsing


@pytest.mark.parametrize(
    "order", [LapseCommand("incident-1", "away"), ReleaseStep("incident-1", 1, "overdue"), PlanYear(FACILITY, 2027)]
)
def test_what_time_makes_due_nobody_orders(order: Command) -> None:
    """Not even the director takes a step from somebody, or the command, in the clock's name."""
    clinic = rehearsing()
    clinic.reports()

    assert clinic.refused(TAKAHASHI, order).name == "not_now"


def test_only_who_looks_at_a_drill_says_whether_a_task_holds() -> None:
    """Reception can't say in a forged tap that an improvement works."""
    clinic = rehearsing()
    clinic.act(TAKAHASHI, OpenTask(FACILITY, "improvement", {"text": "紙を置く"}, SUZUKI))
    [task] = clinic.engine.house.open_tasks()
    clinic.act(SUZUKI, FinishTask(FACILITY, task.id))
    begin(clinic)

    assert clinic.refused(SATO, VerifyTask(FACILITY, task.id, clinic.run.id)).name == "chain_only"
    clinic.act(TANAKA, VerifyTask(FACILITY, task.id, clinic.run.id))
    assert clinic.engine.house.tasks[task.id].state == "verified"


def test_only_who_is_asked_or_may_end_the_run_passes_over_a_question() -> None:
    """The review is theirs; whoever may end the run may go on with it."""
    clinic = rehearsing()
    begin(clinic)
    clinic.act(TAKAHASHI, Close(clinic.run.id))

    assert clinic.refused(SUZUKI, SkipQuestion(clinic.run.id, "planned")).name == "chain_only"
    clinic.act(TANAKA, SkipQuestion(clinic.run.id, "planned"))
    assert clinic.run.review == {"planned": ""}


def test_whatever_was_begun_as_a_drill_gives_way_to_what_is_real() -> None:
    """Also one without a kind of its own."""
    clinic = rehearsing()
    clinic.act(SATO, Report("", "訓練: 画面に英語", mode="drill", playbook="trouble"))
    clinic.act(SUZUKI, AbortExercise(clinic.run.id))

    assert clinic.run.state == "aborted"


def test_who_was_asked_to_decide_and_has_left_for_the_day_may_still_confirm() -> None:
    """It means then that they know, and no more."""
    clinic = rehearsing()
    clinic.reports()
    asked = next(iter(clinic.run.asked_to_command))
    clinic.goes_home(asked)
    clinic.confirms(asked)

    assert asked in clinic.run.acknowledged
    assert clinic.run.commander != asked


def test_the_three_powers_of_the_facility() -> None:
    """The director and the deputy hold all of them, reception none."""
    clinic = rehearsing()

    for power in (CHAIN, KEEPERS, DRILL_LEADERS):
        held = [who for who in (TAKAHASHI, TANAKA, SATO, SUZUKI) if may(power, clinic.context(who))]
        assert held == [TAKAHASHI, TANAKA]
