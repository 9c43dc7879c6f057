"""A run's own questions about itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.commands.people import LearnFacts
from flows.state.run import Run
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, one_step, playbook_of


def test_a_run_knows_who_has_what(clinic: Clinic) -> None:
    """Open steps in the order in which they were shown, one for each person, none for who has none."""
    clinic.reports(SATO)

    assert [s.step for s in clinic.run.open_steps()] == ["picture", "paper"]
    assert clinic.screen(SATO).open
    assert clinic.run.open_step_of(TANAKA) is None


def test_what_waits_is_sorted_by_urgency(clinic: Clinic) -> None:
    """The most urgent first; what is on a screen or over doesn't wait."""
    clinic.reports(SATO)

    assert clinic.run.waiting() == [("vendors", "call"), ("command", "stop")]
    assert Run("r").waiting() == []


def test_a_step_that_was_left_is_not_open(clinic: Clinic) -> None:
    """Answered or released, a screen is history; who had it stays."""
    clinic.reports(SATO)
    shown = clinic.screen(SUZUKI)
    clinic.answers(SUZUKI)

    after = clinic.run.shown[shown.turn]
    assert (after.open, after.member) == (False, SUZUKI)


def test_the_call_is_in_order(clinic: Clinic) -> None:
    """Who hasn't confirmed, in the order of the call."""
    clinic.reports(SATO)
    clinic.confirms(TANAKA)

    assert clinic.run.unconfirmed() == [TAKAHASHI, SUZUKI]


def test_old_texts_stay_readable(clinic: Clinic) -> None:
    """A step's text comes from the newest playbook that has it; one nobody ever had is a KeyError."""
    run = clinic.reports(SATO).copy()
    run.followed_before = (
        playbook_of(
            TROUBLE.replace(
                "steps:\n      picture:",
                "steps:\n      picture0: {ask: {ja: 古い。, en: Old.}, source: own}\n      picture:",
            )
        ),
    )

    assert run.text_of("containment", "picture0").ask.en == "Old."
    assert run.text_of("containment", "picture").takes == "photo"
    with pytest.raises(KeyError):
        run.text_of("containment", "nothing")


def test_drill_or_real_is_plain() -> None:
    """Mode and life are read, never guessed."""
    assert Run("r", mode="drill").drill
    assert not Run("r").drill
    assert Run("r", state="reviewing").live
    assert not Run("r", state="closed").live


def test_what_was_learnt_in_between_is_forgotten_alone() -> None:
    """What came right after it rests on what was before it; what came later still rests on what came right before."""
    run, at = Run("incident-1"), datetime(2027, 4, 1, tzinfo=UTC)
    for turn, value in ((1, "a"), (2, "b"), (3, "c"), (4, "d")):
        run.learn({"fact": value}, turn, at)
    run.unlearn(2, 2)

    assert run.learnt["fact"] == ((1, None), (3, "a"), (4, "c"))


@pytest.mark.parametrize(
    ("known", "then"),
    [("unknown", "suspected"), ("suspected", "suspected"), ("confirmed", "confirmed")],
)
def test_another_playbook_begins_with_what_is_known(known: str, then: str) -> None:
    """What it assumes stands where nobody knows better, and never undoes what people found out."""
    small = one_step("answers: {worse: {label: {ja: 大事, en: Worse}, hands_over: trouble}}", name="small")
    clinic = Clinic(small, playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, {"leak": known}))
    clinic.answers(SATO, "worse")

    assert (clinic.run.playbook is not None, clinic.run.facts["leak"]) == (True, then)
