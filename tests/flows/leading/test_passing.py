"""Whoever runs or leads gives steps to people, anybody passes theirs on, and command goes to whoever accepts it."""

from __future__ import annotations

import pytest

from flows.commands.people import (
    GiveStep,
    HandCommand,
    Plead,
    TakeCommand,
    TellPresence,
    TickItem,
)
from flows.powers import may
from flows.response.steps import taken_from
from flows.scene.passing import asked_to_lead, decides_alone, shown_at, takers
from flows.scene.voice import runs_scene
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, one_step, playbook_of

TICKS = one_step(
    "takes: checklist\nchoices: {a: {ja: あ, en: A}, b: {ja: い, en: B}}\nhands: true\nanswers: {done: {}}",
)


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported and runs the scene."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    return clinic


def test_who_runs_the_scene_gives_a_step_to_somebody(clinic: Clinic) -> None:
    """The vendor's call waits for reception, who gives it to the deputy; nobody else may."""
    order = GiveStep(clinic.run.id, "vendors", 0, TANAKA)
    assert clinic.refused(SUZUKI, order).name == "not_yours"
    clinic.act(SATO, order)
    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper", TANAKA: "call"}
    assert clinic.refused(SATO, order).name == "stale"


def test_who_leads_gives_what_somebody_has(clinic: Clinic) -> None:
    """The director, who leads, takes the paper from the nurse and gives it to the deputy; both read from and to whom."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    had = clinic.screen(SUZUKI)
    assert clinic.refused(SATO, GiveStep(clinic.run.id, "care", had.turn, TANAKA)).name == "not_yours"
    clinic.act(TAKAHASHI, GiveStep(clinic.run.id, "care", had.turn, TANAKA))
    assert clinic.screens()[TANAKA] == "paper"
    assert (taken_from(clinic.run, clinic.screen(TANAKA)), clinic.told_to(SUZUKI)) == (SUZUKI, ["step_released"])


def test_somebody_passes_theirs_on(clinic: Clinic) -> None:
    """The nurse gives her step to the deputy by name, or to whoever is free; while nobody is, it stays hers."""
    had = clinic.screen(SUZUKI)
    assert takers(clinic.run, clinic.context(SUZUKI), "care") == [TAKAHASHI, TANAKA]
    assert clinic.refused(SUZUKI, GiveStep(clinic.run.id, "care", had.turn)).name == "nobody_free"
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    clinic.act(SUZUKI, GiveStep(clinic.run.id, "care", had.turn))
    assert clinic.screens()[TANAKA] == "paper"


def test_nobody_busy_or_without_hands_is_given_a_step(clinic: Clinic) -> None:
    """Who has a step, is with a patient, or decides nothing of it, isn't offered and can't be given it."""
    clinic.act(TANAKA, TellPresence(clinic.run.id, "with_patient"))
    had = clinic.screen(SUZUKI)
    assert takers(clinic.run, clinic.context(SUZUKI), "care") == [TAKAHASHI]
    for busy in (SATO, TANAKA):
        assert clinic.refused(SUZUKI, GiveStep(clinic.run.id, "care", had.turn, busy)).name == "cannot_take"


def test_a_decision_is_given_to_nobody(clinic: Clinic) -> None:
    """What only whoever leads may decide goes with command, not by itself."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    had = clinic.screen(TAKAHASHI)
    assert had.step == "stop"
    assert clinic.refused(TAKAHASHI, GiveStep(clinic.run.id, "command", had.turn, TANAKA)).name == "stale"


@pytest.mark.parametrize(
    ("role", "step", "alone"),
    [
        ("commander", "takes: choice\nchoices: {a: {ja: あ, en: A}, b: {ja: い, en: B}}", True),
        ("commander", "takes: text\ndecision: stop_systems", True),
        ("commander", "takes: text", False),
        ("nurse", "takes: choice\nchoices: {a: {ja: あ, en: A}, b: {ja: い, en: B}}", False),
    ],
)
def test_what_is_decided_is_for_whoever_leads_alone(role: str, step: str, alone: bool) -> None:
    """A choice or a decision of theirs; what else they have to do others may do for them, and what others choose isn't theirs."""
    assert decides_alone(one_step(step, role=role).step("only", "it")) is alone


def test_whether_to_lead_is_up_to_who_was_asked_or_leads(clinic: Clinic) -> None:
    """The director, who is asked first; then both, while the deputy hasn't accepted; and then the deputy alone."""

    def up_to() -> list[str]:
        return [m for m in (TAKAHASHI, TANAKA, SATO, SUZUKI) if asked_to_lead(clinic.run, m)]

    assert up_to() == [TAKAHASHI]
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert up_to() == [TAKAHASHI]
    clinic.act(TAKAHASHI, HandCommand(clinic.run.id, TANAKA))
    assert up_to() == [TAKAHASHI, TANAKA]
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert up_to() == [TANAKA]


def test_ticks_go_along() -> None:
    """A half ticked checklist is passed on: the ticks stand, also when it was late and went to another."""
    clinic = Clinic(TICKS).found()
    clinic.reports(SATO)
    clinic.act(SATO, TickItem(clinic.run.id, clinic.screen(SATO).turn, "a"))
    clinic.act(SATO, GiveStep(clinic.run.id, "only", clinic.screen(SATO).turn, SUZUKI))
    assert clinic.screen(SUZUKI).ticked == {"a"}
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    clinic.wait(5)
    assert clinic.screen(TANAKA).ticked == {"a"}


def test_who_runs_the_scene_gives_steps(clinic: Clinic) -> None:
    """The reporter is with a patient: whoever has hands in the house gives steps now, and the reporter no more."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.act(SATO, TellPresence(clinic.run.id, "with_patient"))
    assert runs_scene(clinic.run, clinic.context(SATO)) == SUZUKI
    give = GiveStep(clinic.run.id, "command", shown_at(clinic.run, "command"))
    assert [may(give, clinic.context(who), clinic.run) for who in (SUZUKI, SATO)] == [True, False]


def test_command_goes_to_whoever_accepts(clinic: Clinic) -> None:
    """The director hands it to the deputy: until the deputy accepts, the director leads."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.refused(TANAKA, TakeCommand(clinic.run.id)).name == "not_in_chain"
    assert clinic.refused(TANAKA, HandCommand(clinic.run.id, TANAKA)).name == "commander_only"
    assert clinic.refused(TAKAHASHI, HandCommand(clinic.run.id, "m9")).name == "stale"
    clinic.act(TAKAHASHI, HandCommand(clinic.run.id, TANAKA))
    assert (clinic.run.commander, clinic.got("command_wanted")) == (TAKAHASHI, [TANAKA, TAKAHASHI])
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert (clinic.run.commander, clinic.screens()[TANAKA]) == (TANAKA, "stop")


def test_who_asks_to_be_relieved_is_shown_who_could(clinic: Clinic) -> None:
    """By words: their own step first; who leads and has none, who could lead; whoever leads is told all the same."""
    clinic.act(SUZUKI, Plead(clinic.run.id, "代わってください", ("hand_over",)))
    assert ("takers_offered" in clinic.told_to(SUZUKI), clinic.got("plea_raised")) == (True, [TAKAHASHI])
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.answers(TAKAHASHI, "choice:keep", reason="被害なし")
    clinic.act(TAKAHASHI, Plead(clinic.run.id, "交代したい", ("hand_over",)))
    assert "leaders_offered" in clinic.told_to(TAKAHASHI)


def test_a_second_tap_for_command_is_answered_calmly(clinic: Clinic) -> None:
    """They were asked already, and once they lead, that is what is read; nobody is asked twice."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    order = HandCommand(clinic.run.id, TANAKA)
    clinic.act(TAKAHASHI, order)
    assert clinic.refused(TAKAHASHI, order).name == "already_asked"
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert clinic.refused(TAKAHASHI, order).name == "not_in_chain"
