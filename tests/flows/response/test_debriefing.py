"""After a drill: ratings, what people say with and without their name, and the sign-off."""

from __future__ import annotations

import json

import pytest

from flows.commands.drilling import AskFeedback, RateObjective, ReleaseFeedback
from flows.commands.people import Close, SignOff, SkipQuestion
from flows.messages.drilling import DrillResult
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, replayed
from tests.flows.drills import begin, exercise, rehearsing


@pytest.fixture
def clinic() -> Clinic:
    """A tabletop drill that has just come to its debrief."""
    clinic = rehearsing()
    begin(clinic, scenario="story")
    clinic.photographs(SATO)
    clinic.answers(SATO)
    clinic.act(TAKAHASHI, Close(clinic.run.id))
    return clinic


def test_a_drill_ends_when_its_time_is_over(clinic: Clinic) -> None:
    """What is left undone keeps nothing from ending; everybody is asked what they think, and who leads it sees the result."""
    assert clinic.run.state == "reviewing"
    assert clinic.got(DrillResult.kept_as) == [TAKAHASHI]
    assert sorted(clinic.got("feedback_ask")) == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_objectives_are_rated(clinic: Clinic) -> None:
    """By hand or as proposed: what was measured by its time, what people rate is not done until they say so."""
    run = clinic.run.id
    assert clinic.refused(SATO, RateObjective(run, "cut", "p")).name == "chain_only"
    assert clinic.refused(TAKAHASHI, RateObjective(run, "cut", "x")).name == "stale"
    clinic.act(TAKAHASHI, RateObjective(run, "calm", "s"))
    clinic.act(TAKAHASHI, RateObjective(run, "all"))

    assert exercise(clinic).ratings == {"calm": "s", "cut": "p"}
    assert clinic.refused(TAKAHASHI, RateObjective(run, "all")).name == "stale"


def test_what_is_said_without_a_name_has_none(clinic: Clinic) -> None:
    """Until the release no entry tells that it was said; then all comes at once, in the order of the alphabet."""
    run, before = clinic.run.id, clinic.journal.head()
    for member, text in ((SUZUKI, "ん: こわかった"), (SATO, "あ: 紙の場所を知らない"), (TANAKA, "う: 早かった")):
        clinic.says_nameless(member, text)
    assert [o.name for o in clinic.journal.unsent()] == ["feedback_thanks"] * 3
    assert (clinic.journal.head(), clinic.journal.laid_aside(run)) == (
        before,
        ("あ: 紙の場所を知らない", "う: 早かった", "ん: こわかった"),
    )
    assert clinic.refused(SATO, ReleaseFeedback(run)).name == "chain_only"

    clinic.act(TAKAHASHI, ReleaseFeedback(run))
    [entry] = [e for e in clinic.journal.entries() if e.kind == "feedback_released"]
    assert json.loads(entry.body)["texts"] == ["あ: 紙の場所を知らない", "う: 早かった", "ん: こわかった"]
    assert clinic.journal.laid_aside(run) == ()
    assert clinic.refused(TAKAHASHI, ReleaseFeedback(run)).name == "stale"


def test_what_is_said_with_a_name(clinic: Clinic) -> None:
    """Stands under it at once."""
    clinic.act(SUZUKI, AskFeedback(clinic.run.id))
    clinic.writes(SUZUKI, "もう一度やりたい")

    assert exercise(clinic).feedback == ((SUZUKI, "もう一度やりたい"),)


def test_the_sign_off_releases_what_is_left(clinic: Clinic) -> None:
    """No voice is lost because nobody asked for it; a restart sees the same."""
    clinic.says_nameless(SUZUKI, "よかった")
    for question in ("planned", "happened", "why", "keep", "change"):
        clinic.act(TAKAHASHI, SkipQuestion(clinic.run.id, question))
    clinic.act(TAKAHASHI, SignOff(clinic.run.id))

    assert clinic.run.state == "closed"
    assert exercise(clinic).feedback == (("", "よかった"),)
    assert replayed(clinic.journal).runs()[-1].exercise == exercise(clinic)
