"""Where people are: what they said holds for a while, and nobody without free hands is waited for or given a step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.people import Plead, SettleCircle, TakeCommand, TellPresence
from flows.scene.presence import where_is
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported something urgent."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    return clinic


def says(clinic: Clinic, who: str, where: str) -> None:
    """Let somebody say where they are."""
    clinic.act(who, TellPresence(clinic.run.id, where))


def test_an_answer_holds_for_a_while(clinic: Clinic) -> None:
    """Half an hour where hands are free, ten minutes with a patient; who said nothing is neither in nor out."""
    says(clinic, SUZUKI, "here")
    says(clinic, TANAKA, "with_patient")
    assert [where_is(clinic.run, clinic.context(m), m) for m in (SUZUKI, TANAKA, SATO)] == [
        "here",
        "with_patient",
        None,
    ]

    clinic.now += timedelta(minutes=10)
    assert [where_is(clinic.run, clinic.context(m), m) for m in (SUZUKI, TANAKA)] == ["here", None]
    clinic.now += timedelta(minutes=20)
    assert where_is(clinic.run, clinic.context(SUZUKI), SUZUKI) is None


def test_who_is_outside_stays_there_until_they_say_otherwise(clinic: Clinic) -> None:
    """Half an hour brings nobody back from a train: until closing, the time they named, or another answer."""
    for who in (TAKAHASHI, SUZUKI, TANAKA):
        says(clinic, who, "away")
    clinic.act(SUZUKI, Plead(clinic.run.id, "今から向かいます、20分で着きます", ("arriving",)))
    clinic.now += timedelta(minutes=45)
    says(clinic, TANAKA, "here")
    places = [where_is(clinic.run, clinic.context(m), m) for m in (TAKAHASHI, SUZUKI, TANAKA)]
    assert places == ["away", None, "here"]

    clinic.now += timedelta(hours=8, minutes=20)
    assert where_is(clinic.run, clinic.context(TAKAHASHI), TAKAHASHI) is None


def test_an_answer_ends_with_the_day(clinic: Clinic) -> None:
    """Whoever was there before closing may have gone home."""
    clinic.now += timedelta(hours=8, minutes=50)
    says(clinic, SUZUKI, "here")
    clinic.now += timedelta(minutes=11)
    assert where_is(clinic.run, clinic.context(SUZUKI), SUZUKI) is None


def test_saying_where_one_is_confirms_the_alarm(clinic: Clinic) -> None:
    """It can be changed later, and the same twice is told so."""
    says(clinic, SUZUKI, "here")
    assert SUZUKI in clinic.run.acknowledged
    says(clinic, SUZUKI, "away")
    assert clinic.refused(SUZUKI, TellPresence(clinic.run.id, "away")).name == "already_confirmed"
    assert clinic.refused(SUZUKI, TellPresence(clinic.run.id, "nowhere")).name == "stale"


@pytest.mark.parametrize("where", ["with_patient", "away"])
def test_a_director_without_hands_counts_as_silent(clinic: Clinic, where: str) -> None:
    """The deputy is asked at once; if they are with a patient, too, everybody who has hands is, and both may still take it."""
    says(clinic, SUZUKI, "away")
    says(clinic, TAKAHASHI, where)
    assert clinic.got("command_ask") == [TANAKA]

    says(clinic, TANAKA, "with_patient")
    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO]
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.run.commander == TAKAHASHI


def test_a_deputy_with_a_patient_is_asked_and_passed_over(clinic: Clinic) -> None:
    """Where the director stays silent, nobody waits another three minutes for the deputy who said so before."""
    says(clinic, TANAKA, "with_patient")
    clinic.wait(3)
    assert TANAKA in clinic.run.asked_to_command
    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_a_circle_is_not_asked() -> None:
    """In a delicate matter nobody is asked where they are; that one has seen it is all there is to say."""
    clinic = Clinic(playbook_of("calls: deciders\n" + TROUBLE)).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleCircle(clinic.run.id))
    assert clinic.refused(TAKAHASHI, TellPresence(clinic.run.id, "here")).name == "stale"
    says(clinic, TAKAHASHI, "")
    assert (TAKAHASHI in clinic.run.acknowledged, clinic.run.commander) == (True, None)
