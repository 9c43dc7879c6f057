"""Everybody is with a patient, and a lead is still in: those with patients are asked for one minute, in one line, once."""

from __future__ import annotations

import pytest

from flows.commands.helping import SpareMinute
from flows.commands.people import Claim, TellPresence
from flows.helping.minute import minute_wanted
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of, replayed, state_of
from tests.library import shipped_catalogue

LEAD = playbook_of(
    TROUBLE.replace("takes: photo", "takes: photo\n        hands: true").replace(
        "Pull the cable.}", "Pull the cable.}\n        hands: true\n        picture: lan_plug"
    )
)


@pytest.fixture
def clinic() -> Clinic:
    """The clinic: the picture is taken, the lead is in; reception and nurse are with patients, the others outside."""
    clinic = Clinic(LEAD).found()
    clinic.reports(SATO)
    clinic.photographs(SATO)
    for who, where in ((TAKAHASHI, "away"), (TANAKA, "away"), (SUZUKI, "with_patient"), (SATO, "with_patient")):
        clinic.act(who, TellPresence(clinic.run.id, where))
    return clinic


def asked(clinic: Clinic) -> list[str]:
    """Give who was asked for a minute so far."""
    return [o.to.removeprefix("phone:") for o in clinic.heard if o.name == "minute_wanted" and not o.edits]


def test_after_three_minutes_once(clinic: Clinic) -> None:
    """Both who are with patients, nobody who is outside; not before three minutes, and not again."""
    clinic.wait(2)
    assert asked(clinic) == []
    clinic.wait(1)
    assert sorted(asked(clinic)) == [SATO, SUZUKI]
    clinic.wait(5)
    assert len(asked(clinic)) == 2


def test_the_first_who_can_goes(clinic: Clinic) -> None:
    """The nurse has the lead, of her own will, though the deputy comes in, and nothing after it; reception reads who goes, and a second tap is told so."""
    clinic.wait(3)
    of = max(clinic.run.minutes)
    assert clinic.refused(TANAKA, SpareMinute(clinic.run.id, of)).name == "stale"
    clinic.act(SUZUKI, SpareMinute(clinic.run.id, of))
    assert (clinic.screens()[SUZUKI], SATO in clinic.screens()) == ("unplug", False)
    assert "minute_wanted" in clinic.told_to(SATO)
    assert clinic.refused(SATO, SpareMinute(clinic.run.id, of)).name == "somebody_goes"
    clinic.writes(TANAKA, "折り返します", to_step=True)
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    clinic.wait(1)
    assert clinic.screens()[SUZUKI] == "unplug"
    clinic.answers(SUZUKI)
    assert SUZUKI not in clinic.screens()
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_nobody_is_asked_while_somebody_has_hands(clinic: Clinic) -> None:
    """The deputy comes in: the lead is theirs, and those with patients are left in peace."""
    clinic.wait(2)
    clinic.writes(TANAKA, "折り返します", to_step=True)
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    clinic.wait(5)
    assert (clinic.screens()[TANAKA], asked(clinic)) == ("unplug", [])


def test_a_lead_that_is_out_asks_nobody(clinic: Clinic) -> None:
    """Reception pulled it meanwhile; the line that was sent is over."""
    clinic.wait(3)
    of = max(clinic.run.minutes)
    clinic.answers(SATO)
    assert clinic.refused(SUZUKI, SpareMinute(clinic.run.id, of)).name == "stale"
    assert minute_wanted(clinic.run, clinic.context(SATO)) is None


def test_not_where_it_is_not_urgent() -> None:
    """A lost device can wait for the patients."""
    clinic = Clinic(
        playbook_of(
            "grade: firm\n"
            + TROUBLE.replace("Pull the cable.}", "Pull the cable.}\n        hands: true\n        picture: lan_plug")
        )
    ).found()
    clinic.reports(SATO)
    clinic.photographs(SATO)
    clinic.act(SATO, TellPresence(clinic.run.id, "with_patient"))
    clinic.wait(5)
    assert asked(clinic) == []
    assert clinic.refused(SATO, Claim(clinic.run.id, "containment")).name == "already_taken"


def test_whoever_is_long_at_their_machine_is_asked_too() -> None:
    """Nobody else has answered, and the backups wait: reception is asked after four minutes, and goes; their card comes back."""
    clinic = Clinic(*shipped_catalogue().playbooks.values()).found()
    clinic.reports(SATO, playbook="ransomware")
    clinic.wait(3)
    assert (clinic.screens()[SATO], asked(clinic)) == ("this_machine", [])
    clinic.wait(1)
    assert asked(clinic) == [SATO]
    clinic.act(SATO, SpareMinute(clinic.run.id, max(clinic.run.minutes)))
    assert clinic.screens()[SATO] == "protect_backups"
    clinic.answers(SATO)
    assert clinic.screens()[SATO] == "this_machine"
