"""A wrong tick under the backups can't be made good any more: somebody else looks before the line is pulled."""

from __future__ import annotations

import pytest

from flows.commands.people import AnswerStep, TellPresence
from flows.scene.second_eyes import second_eyes
from tests.flows.clinic import SATO, SUZUKI, TANAKA, Clinic
from tests.library import shipped_catalogue


@pytest.fixture
def clinic() -> Clinic:
    """An attack: the nurse says that she pulled the backups' leads."""
    clinic = Clinic(*shipped_catalogue().playbooks.values()).found()
    clinic.reports(SATO, playbook="ransomware")
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.wait(1)
    assert clinic.screens()[SUZUKI] == "protect_backups"
    clinic.act(SUZUKI, AnswerStep(clinic.run.id, clinic.screen(SUZUKI).turn, "done"))
    return clinic


def looks(clinic: Clinic, but: str) -> str | None:
    """Give who looks while somebody is about to pull the next lead."""
    return second_eyes(clinic.run, clinic.context(but), but)


def test_whoever_pulls_the_line_looks_where_nobody_else_is(clinic: Clinic) -> None:
    """Never whoever said so; if the only other one is about to pull the line, it is they who look first."""
    assert looks(clinic, SATO) == SATO
    assert looks(clinic, SUZUKI) is None


def test_somebody_else_who_is_there_looks_first(clinic: Clinic) -> None:
    """The deputy comes in: whoever pulls the line is left to it."""
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    assert looks(clinic, SATO) == TANAKA
