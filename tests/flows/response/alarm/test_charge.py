"""Who decides, and who does when they are silent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.clock import LapseCommand, PassCommandOn
from flows.commands.people import (
    ChoosePlaybook,
    HandCommand,
    TakeCommand,
    TellPresence,
)
from flows.messages.calling import CommandWanted
from tests.flows.clinic import (
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    happened,
    playbook_of,
)


def test_a_director_who_reports_decides_from_the_start(clinic: Clinic) -> None:
    """Whoever stands first in the chain and reports has command at once, and is asked nothing."""
    clinic.reports(TAKAHASHI)

    assert clinic.run.commander == TAKAHASHI
    assert ("command_yours" in clinic.told_to(TAKAHASHI), clinic.got("command_taken")) == (False, [])
    assert "command_ask" not in [o.name for o in clinic.wait(14)]


@pytest.mark.parametrize("mode", ["incident", "drill"])
def test_only_who_reports_decides_from_the_start(clinic: Clinic, mode: str) -> None:
    """A director who says what somebody else's report is has not taken charge by that; nor does a drill wait for them to."""
    clinic.reports(SATO, playbook=None, mode=mode)
    clinic.act(TAKAHASHI if mode == "incident" else SATO, ChoosePlaybook(clinic.run.id, "trouble"))

    assert (clinic.run.commander, list(clinic.run.asked_to_command)) == (None, [TAKAHASHI])


def test_all_who_are_at_it_read_who_leads_first(clinic: Clinic) -> None:
    """Whoever confirmed reads it once somebody leads; that it passed on, only those who decide."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert {SATO, SUZUKI} <= set(clinic.got("command_taken"))
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.got("command_taken") == [TANAKA]


def test_whoever_was_asked_and_cannot_reads_who_is_asked_instead(clinic: Clinic) -> None:
    """The director can't: the deputy is asked in their place, the director reads that, and isn't asked to decide once more."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, HandCommand(clinic.run.id))

    assert clinic.got("command_ask") == [TANAKA]
    [said] = [o.message for o in clinic.told if o.name == "command_wanted"]
    assert said == CommandWanted(TANAKA, you=False)


def test_whoever_is_asked_by_name_to_lead_and_is_silent_is_passed_over(clinic: Clinic) -> None:
    """The director goes on leading; when the deputy has answered nothing for the time there is, everybody is offered it."""
    third = clinic.hire(name="伊藤", roles=("doctor",), stands_in_for=("director",), rank=2)
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.act(TAKAHASHI, HandCommand(clinic.run.id, TANAKA))
    waits = clinic.handbook.pace.command_at("urgent")
    assert not any(o.name == "command_wanted" for o in clinic.wait(waits - 1))
    clinic.wait(1)

    assert list(clinic.run.handed_to) == [TANAKA, third]
    assert clinic.run.commander == TAKAHASHI


def test_where_it_is_not_urgent_each_of_the_chain_is_asked(clinic: Clinic) -> None:
    """In an attack everybody is after two; a firm matter goes on to the third, since there is time."""
    asked = {}
    for grade in ("urgent", "firm"):
        other = Clinic(playbook_of(TROUBLE).model_copy(update={"grade": grade})).found()
        third = other.hire(name="伊藤", roles=("doctor",), stands_in_for=("director",), rank=2)
        other.reports(SATO)
        other.wait(60)
        asked[grade] = third in other.run.asked_to_command
    assert asked == {"urgent": False, "firm": True}


def test_a_silent_director_is_replaced_by_the_deputy(clinic: Clinic) -> None:
    """After three minutes the deputy is asked, told who stayed silent, and takes over; saying where one is takes nothing."""
    clinic.reports(SATO)
    assert "command_ask" not in [o.name for o in clinic.wait(2)]

    clinic.wait(1)
    assert clinic.got("command_ask") == [TANAKA]
    assert [o.message.facts["after"] for o in clinic.told if o.name == "command_ask"] == [TAKAHASHI]

    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    assert clinic.board(TANAKA).commander is None
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert (clinic.run.commander, clinic.run.reserved) == (TANAKA, False)


def test_a_deputy_need_not_wait(clinic: Clinic) -> None:
    """Whoever is of the chain may take command while nobody has it; a nurse may not."""
    clinic.reports(SATO)
    assert clinic.refused(SUZUKI, TakeCommand(clinic.run.id)).name == "not_in_chain"

    clinic.act(TANAKA, TakeCommand(clinic.run.id))

    assert clinic.run.commander == TANAKA


def test_the_director_takes_it_back(clinic: Clinic) -> None:
    """The director can take over from the deputy at any time, decisions on the screen included; not the other way."""
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert clinic.screen(TANAKA).step == "stop"

    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))

    assert clinic.run.commander == TAKAHASHI
    assert clinic.screen(TAKAHASHI).step == "stop"
    assert clinic.got("command_yours") == [TAKAHASHI]
    assert TANAKA in clinic.got("command_taken")
    assert clinic.refused(TANAKA, TakeCommand(clinic.run.id)).name == "not_in_chain"
    assert clinic.refused(TAKAHASHI, TakeCommand(clinic.run.id)).name == "already_command"


def test_when_nobody_of_the_chain_answers_anybody_may_decide(clinic: Clinic) -> None:
    """After director and deputy command is offered to all; what they decide is marked as to be ratified."""
    clinic.reports(SATO)
    clinic.wait(6)
    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    assert [o.name for o in clinic.wait(60)].count("command_open") == 0

    clinic.act(SUZUKI, TakeCommand(clinic.run.id))

    assert (clinic.run.commander, clinic.run.reserved) == (SUZUKI, True)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert (clinic.run.commander, clinic.run.reserved) == (TANAKA, False)


def test_a_clinic_without_anybody_to_decide_offers_it_at_once() -> None:
    """Director and deputy are both away: nobody waits for them."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.goes_home(TAKAHASHI)
    clinic.goes_home(TANAKA)
    clinic.reports(SATO)

    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_an_absent_director_is_not_waited_for(clinic: Clinic) -> None:
    """The deputy is the first to be asked, and has their own ten minutes."""
    clinic.goes_home(TAKAHASHI)
    clinic.reports(SATO)

    assert clinic.board(SATO).asked == (TANAKA,)


def test_a_director_nobody_can_write_to_is_not_waited_for() -> None:
    """Without a phone in the bot a director can't answer: the deputy is asked at once."""
    clinic = Clinic(playbook_of(TROUBLE)).found(people=())
    clinic.hire(name="高橋", roles=("director",), phone=False)
    deputy = clinic.hire(name="田中", stands_in_for=("director",))
    reception = clinic.hire(name="佐藤", roles=("reception",))
    clinic.reports(reception)

    assert clinic.board(reception).asked == (deputy,)


def test_a_commander_who_leaves_is_replaced(clinic: Clinic) -> None:
    """A lost phone or an absence takes the decision away at the next tick, and the next of the chain is asked."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.loses_phone(TAKAHASHI)

    clinic.wait(1)

    assert clinic.run.commander is None
    assert clinic.got("command_ask") == [TANAKA]
    assert "stop" not in clinic.screens().values()


def test_the_deputy_is_told_who_was_silent_last(clinic: Clinic) -> None:
    """With two deputies the second is asked after the first, not after the director."""
    second = clinic.hire(name="小林", roles=("doctor",), stands_in_for=("director",), rank=2)
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.loses_phone(TAKAHASHI)
    clinic.wait(1)

    clinic.wait(3)

    assert [(o.to, o.message.facts["after"]) for o in clinic.told if o.name == "command_ask"] == [
        (f"phone:{second}", TANAKA)
    ]


def test_an_offer_ends_when_somebody_takes_it(clinic: Clinic) -> None:
    """Once somebody decides, command is no longer anybody's: after a lapse the rest of the chain is asked first."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    second = clinic.hire(name="小林", roles=("doctor",), stands_in_for=("director",), rank=2)
    clinic.loses_phone(TANAKA)

    clinic.wait(1)

    assert clinic.got("command_ask") == [second]
    assert clinic.offered(SUZUKI, TakeCommand) == []
    assert clinic.refused(SUZUKI, TakeCommand(clinic.run.id)).name == "not_in_chain"
    clinic.wait(3)
    assert SUZUKI in clinic.got("command_open")


def test_the_clock_does_not_pass_on_what_is_taken(clinic: Clinic) -> None:
    """An escalation that comes too late changes nothing."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    assert clinic.refused("clock", PassCommandOn(clinic.run.id)).name == "stale"
    assert happened(clinic.act("clock", LapseCommand(clinic.run.id, "away")))[:1] == ["command_lapsed"]
    assert clinic.refused("clock", LapseCommand(clinic.run.id, "away")).name == "stale"


def test_who_is_asked_next_and_when() -> None:
    """The deputy after the director, then everybody; nobody once somebody decides."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    seen = clinic.board(SATO)
    assert (seen.asked_next, seen.passes_at) == (TANAKA, clinic.now + timedelta(minutes=3))

    clinic.wait(3)
    seen = clinic.board(SATO)
    assert (seen.asked_next, seen.passes_at) == (None, clinic.now + timedelta(minutes=3))
    clinic.confirms(TANAKA)
    assert clinic.board(SATO).passes_at is None
