"""Answers that no longer hold are asked for again; whoever is on their way is told of, and asked when they are late."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.commands.people import Plead, TakeCommand, TellPresence
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TOKYO, TROUBLE, Clinic, playbook_of, replayed, state_of


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported something urgent."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    return clinic


def asked(clinic: Clinic, who: str) -> int:
    """Count how often somebody was asked again where they are."""
    return len([o for o in clinic.heard if o.name == "where_now" and not o.edits and o.to == f"phone:{who}"])


def test_what_lapsed_is_asked_for_again_once(clinic: Clinic) -> None:
    """The nurse's patient has gone after ten minutes: she is asked once, without a sound, and her answer closes the question."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "with_patient"))
    clinic.wait(9)
    assert asked(clinic, SUZUKI) == 0
    clinic.wait(20)
    assert asked(clinic, SUZUKI) == 1
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    assert [o.edits for o in clinic.told if o.name == "where_now"] == [True]
    clinic.wait(29)
    assert asked(clinic, SUZUKI) == 1
    clinic.wait(1)
    assert asked(clinic, SUZUKI) == 2
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_at_closing(clinic: Clinic) -> None:
    """Who was in five minutes before closing is asked when the day ends."""
    late = Clinic(playbook_of(TROUBLE)).found()
    late.now = datetime(2027, 4, 1, 17, 50, tzinfo=TOKYO)
    late.reports(SATO)
    late.act(SUZUKI, TellPresence(late.run.id, "here"))
    late.wait(9)
    assert asked(late, SUZUKI) == 0
    late.wait(1)
    assert asked(late, SUZUKI) == 1


def test_nobody_is_asked_after_the_first_hour_nor_where_it_is_not_urgent(clinic: Clinic) -> None:
    """The answer of the fiftieth minute lapses in silence; a lost device asks nobody twice."""
    clinic.wait(50)
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.wait(40)
    assert asked(clinic, SUZUKI) == 0
    firm = Clinic(playbook_of("grade: firm\n" + TROUBLE)).found()
    firm.reports(SATO)
    firm.act(TAKAHASHI, TellPresence(firm.run.id, "with_patient"))
    firm.wait(15)
    assert asked(firm, TAKAHASHI) == 0


def test_a_promise_to_come_has_a_time(clinic: Clinic) -> None:
    """「20分で着きます」 is told to whoever leads and stands on all boards; when it has passed, they are asked once."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.act(TANAKA, Plead(clinic.run.id, "今から向かいます、20分で着きます", ("arriving",)))
    assert sorted(clinic.got("arrival_is")) == [TAKAHASHI, TANAKA]
    [(who, to, until)] = clinic.board(SATO).coming
    assert (who, to, until and f"{until.astimezone(TOKYO):%H:%M}") == (TANAKA, "", "09:20")
    clinic.wait(19)
    assert asked(clinic, TANAKA) == 0
    clinic.wait(5)
    assert asked(clinic, TANAKA) == 1
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    assert clinic.board(SATO).coming == ()


def test_without_a_time_they_are_only_on_their_way(clinic: Clinic) -> None:
    """Nobody is reminded of what has no time; whoever runs the scene reads it, as long as nobody leads."""
    clinic.act(TANAKA, Plead(clinic.run.id, "向かっています", ("arriving",)))
    assert sorted(clinic.got("arrival_is")) == [TAKAHASHI, TANAKA, SATO]
    assert clinic.board(SUZUKI).coming == ((TANAKA, "", None),)
    clinic.wait(30)
    assert asked(clinic, TANAKA) == 0
