"""The next step stands in the message of the one that was tapped, so that a chat holds one question and not ten."""

from __future__ import annotations

import pytest

from flows.commands.people import AnswerStep
from flows.messages.steps import StepOpen
from flows.state.run import Minute
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, one_step, replayed, state_of
from tests.library import shipped_catalogue


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported that the network is gone: the first step is about the phone's Wi-Fi."""
    clinic = Clinic(*shipped_catalogue().playbooks.values()).found()
    clinic.reports(SATO, playbook="network_outage")
    assert clinic.screens()[SATO] == "mobile_line"
    return clinic


def taps(clinic: Clinic, *, on_screen: bool = True) -> list[tuple[str, bool]]:
    """Let reception say that it is done; gives the keys of the steps that are shown, and whether in the place of another."""
    clinic.act(SATO, AnswerStep(clinic.run.id, clinic.screen(SATO).turn, "done", on_screen=on_screen))
    return [(o.key or "", o.edits) for o in clinic.told if o.to.endswith(SATO) and isinstance(o.message, StepOpen)]


def test_what_is_next_takes_the_place_of_what_was_tapped(clinic: Clinic) -> None:
    """Under the same key, as a change of it; of what was answered no other mark is owed, and the replay knows where it stands."""
    was = clinic.screen(SATO)
    shown = taps(clinic)

    assert shown == [(f"step:{clinic.run.id}:{was.turn}", True)]
    assert "step_done" not in [o.name for o in clinic.told if o.to.endswith(SATO)]
    assert (clinic.screen(SATO).in_place_of, clinic.screen(SATO).screen) == (was.turn, was.turn)
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_what_was_said_otherwise_is_answered_below(clinic: Clinic) -> None:
    """In words, or under a reminder: whoever wrote looks at the end of the chat."""
    was = clinic.screen(SATO)
    [(key, edits)] = taps(clinic, on_screen=False)

    assert (key != f"step:{clinic.run.id}:{was.turn}", edits) == (True, False)


def test_not_past_something_else_that_is_asked(clinic: Clinic) -> None:
    """Everybody was asked below who takes charge: the next step comes after that, where it is seen beside it."""
    while clinic.run.command_offered is None:
        clinic.wait(1)
    [(_, edits)] = taps(clinic)

    assert not edits


@pytest.mark.parametrize(("asked", "in_place"), [(SUZUKI, True), (SATO, False)])
def test_what_others_are_asked_below_is_theirs(clinic: Clinic, asked: str, *, in_place: bool) -> None:
    """Only of who was asked for a minute, be it at their machine, the next step comes below that."""
    clinic.run.minutes[0] = Minute(0, "", "", "", (asked,), clinic.now)
    [(_, edits)] = taps(clinic)
    assert edits is in_place


def test_what_goes_to_somebody_else_comes_as_their_own() -> None:
    """The next step is the nurse's: it stands in a message of hers, not in the place of what reception tapped."""
    other = "      then:\n        ask: {ja: つぎ, en: Next}\n        role: nurse\n        source: own\n"
    clinic = Clinic(one_step("", after=other)).found()
    clinic.reports(SATO)
    taps(clinic)

    assert (clinic.screen(SUZUKI).in_place_of, [o.edits for o in clinic.told if o.name == "step"]) == (0, [False])


def test_whoever_only_writes_is_at_work(clinic: Clinic) -> None:
    """The nurse tapped nothing and wrote a note, the deputy a question: neither is called again, nor named as silent."""
    assert {SUZUKI, TANAKA} <= set(clinic.run.unconfirmed())
    clinic.writes(SUZUKI, "患者さんが3人待っています")

    assert SUZUKI not in clinic.run.unconfirmed()
    assert TAKAHASHI in clinic.run.unconfirmed()
