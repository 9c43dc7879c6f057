"""What time has made due."""

from __future__ import annotations

import json
from datetime import timedelta

from flows.commands.facility import MarkUnreachable
from flows.commands.people import AnswerStep, CallOff, Claim, Report, TakeCommand
from flows.overdue import due, next_due, time_allowed_until
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of


def test_a_late_step_is_reminded_of_once(clinic: Clinic) -> None:
    """When its time is over, and not before; the reminder comes a single time."""
    clinic.reports(SATO)

    assert [o for o in clinic.wait(4) if o.name == "step_reminder"] == []
    assert [o.to for o in clinic.wait(4) if o.name == "step_reminder"] == [f"phone:{SATO}"]


def test_a_step_left_undone_goes_to_others(clinic: Clinic) -> None:
    """Five minutes after the reminder it leaves the screen; whoever is there and free gets it."""
    clinic.reports(SATO)
    clinic.confirms(TANAKA)
    clinic.wait(9)
    assert clinic.screen(SATO).step == "picture"

    clinic.wait(1)

    assert clinic.screen(TANAKA).step == "picture"
    assert "step_released" in clinic.told_to(SATO)
    assert clinic.screen(SATO).step == "call"


def test_a_late_step_goes_to_the_deputy_first(clinic: Clinic) -> None:
    """The nurse stands in for reception: the vendors' step goes to her before anybody else."""
    clinic.reports(TANAKA)
    clinic.photographs(TANAKA, to_step=True)
    clinic.answers(TANAKA)
    clinic.confirms(TAKAHASHI)
    clinic.answers(TAKAHASHI, "choice:keep", reason="被害なし")
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert clinic.screen(SATO).step == "call"

    clinic.wait(15)

    assert clinic.screen(SUZUKI).step == "call"


def test_a_step_nobody_takes_waits_for_a_claim(clinic: Clinic) -> None:
    """All let it go twice: it waits on the board, and nobody is asked the same again and again."""
    clinic.reports(SATO)
    clinic.wait(240)
    assert clinic.screens() == {}
    before = clinic.run.turns

    assert {o.name for o in clinic.wait(60)} == {"briefing_card", "briefing_line", "board"} - (
        {"briefing_line"} if clinic.run.commander is None else set()
    )
    assert clinic.run.turns == before + 2
    assert Claim(clinic.run.id, "containment") in clinic.offered(SATO, Claim)
    clinic.act(SATO, Claim(clinic.run.id, "containment"))
    assert clinic.screen(SATO).step == "picture"


def test_a_suspended_members_step_is_free_at_once(clinic: Clinic) -> None:
    """The phone is lost: at the next tick the step goes to somebody else, without a reminder."""
    clinic.reports(SATO)
    clinic.confirms(TANAKA)
    clinic.loses_phone(SATO)

    owed = clinic.wait(1)

    assert clinic.screen(TANAKA).step == "picture"
    assert [
        o.message.facts["why"] for o in clinic.heard if o.name == "step_released"
    ] == []  # nobody reads it on a lost phone
    assert "step_reminder" not in [o.name for o in owed]
    (why,) = [json.loads(e.body)["why"] for e in clinic.journal.entries() if e.kind == "step_released"]
    assert why == "left"


def test_a_member_who_became_unreachable_loses_the_step(clinic: Clinic) -> None:
    """The bot was blocked: what can't be read can't be done."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.confirms(TANAKA)
    clinic.act(SUZUKI, MarkUnreachable("facility", SUZUKI, "phone"))

    clinic.wait(1)

    assert clinic.screen(TANAKA).step == "paper"
    assert clinic.board(SATO).unreachable == (SUZUKI,)


def test_due_things_come_in_their_order(clinic: Clinic) -> None:
    """The oldest first; each with a cause that makes it happen only once."""
    clinic.reports(SATO)
    clinic.now += timedelta(hours=1)
    found = due(clinic.run, clinic.context("clock"))

    assert [d.since for d in found] == sorted(d.since for d in found)
    assert len({d.cause for d in found}) == len(found) > 3


def test_nothing_is_due_in_what_has_ended(clinic: Clinic) -> None:
    """Neither now nor ever."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))
    clinic.now += timedelta(days=30)

    assert due(clinic.run, clinic.context("clock")) == []
    assert next_due(clinic.run, clinic.context("clock")) is None


def test_the_next_time_is_the_earliest(clinic: Clinic) -> None:
    """Of the call, the escalation and the steps, whichever comes first."""
    clinic.reports(SATO)
    for who in (TAKAHASHI, TANAKA, SUZUKI):
        clinic.confirms(who)
    clinic.photographs(SATO)
    clinic.wait(3)

    assert time_allowed_until(clinic.run, clinic.screen(SATO)) == MORNING + timedelta(minutes=5)
    assert next_due(clinic.run, clinic.context("clock")) == MORNING + timedelta(minutes=5)


def test_a_step_once_let_go_comes_back_in_its_next_round() -> None:
    """Who was late in one round of a loop is asked again in the next: letting go isn't for ever."""
    text = TROUBLE.replace(
        "        value: sheets_remaining\n        when: sheets_issued != 0\n        source: own\n",
        "        value: sheets_remaining\n        within: 1 min\n        source: own\n"
        "      more:\n        ask: {ja: 続けてください。, en: Go on.}\n        role: commander\n        when: sheets_remaining > 0\n"
        "        answers: {done: remaining}\n        source: own\n",
    )
    clinic = Clinic(playbook_of(text)).found()
    clinic.reports(TANAKA)
    clinic.confirms(TAKAHASHI)
    clinic.act(SATO, AnswerStep(clinic.run.id, clinic.screen(SATO).turn, "cannot", reason="話し中"))
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "5", to_step=True)
    assert clinic.screen(SATO).step == "remaining"
    clinic.wait(6)
    assert clinic.screen(SUZUKI).step == "remaining"
    clinic.writes(SUZUKI, "3", to_step=True)
    clinic.answers(TAKAHASHI, "choice:keep", reason="被害なし")
    assert clinic.screen(TAKAHASHI).step == "more"

    clinic.answers(TAKAHASHI)

    assert clinic.screen(SATO).step == "remaining"


def test_whoever_is_free_again_gets_what_waits(clinic: Clinic) -> None:
    """A step waited because its owner was busy in another run: when that one ends, the clock shows it."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    first = clinic.run
    clinic.act(SUZUKI, Report("", "こちらも変です", playbook="trouble"))
    second = clinic.run
    assert not any(s.member == SATO for s in second.open_steps())

    clinic.act(TAKAHASHI, CallOff(first.id, "点検だった"))
    clinic.tick()

    assert any(s.member == SATO for s in clinic.run.open_steps())
