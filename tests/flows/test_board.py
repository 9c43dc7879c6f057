"""A run at a glance."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.people import (
    CallOff,
    Claim,
    Close,
    Decide,
    LowerGrade,
    Ratify,
    Reopen,
    TakeCommand,
    TellByMouth,
    Waive,
    WriteLater,
)
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic


def test_each_track_says_where_it_stands(clinic: Clinic) -> None:
    """How much is done, who has which step since when, and what waits for somebody."""
    clinic.reports(SATO)
    clinic.wait(2)
    clinic.photographs(SATO)

    lines = {line.track: line for line in clinic.board(SATO).tracks}

    first = lines["containment"]
    assert (first.done, first.total, first.step, first.member) == (1, 2, "unplug", SATO)
    assert (first.since, first.overdue, first.waits) == (MORNING + timedelta(minutes=2), False, False)
    assert (lines["vendors"].waits, lines["vendors"].member, lines["vendors"].total) == (True, None, 1)


def test_a_late_step_is_marked(clinic: Clinic) -> None:
    """From the moment on which the time allowed is over."""
    clinic.reports(SATO)
    clinic.now += timedelta(minutes=5)

    assert [line.track for line in clinic.board(SATO).tracks if line.overdue] == ["containment"]


def test_what_was_left_open_is_counted(clinic: Clinic) -> None:
    """A step answered with 「できません」 counts as left open until it is waived."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.answers(SATO, "cannot", reason="スマホがない")
    assert clinic.board(SATO).tracks[0].left_open == 1
    assert clinic.board(SATO).undone == (("containment", "picture"),)

    clinic.act(TAKAHASHI, Waive(clinic.run.id, "なくてよい"))

    assert (clinic.board(SATO).tracks[0].left_open, clinic.board(SATO).undone) == (0, ())


def test_who_knows_and_who_does_not(clinic: Clinic) -> None:
    """Confirmed of called, those not yet, those silent for good, those nobody can write to; whoever left isn't named."""
    nobody = clinic.hire(name="渡辺", roles=("staff",), phone=False)
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    seen = clinic.board(SATO)
    assert (seen.confirmed, seen.called) == (2, 5)
    assert (seen.unconfirmed, seen.silent, seen.unreachable) == ((TANAKA, SUZUKI), (), (nobody,))

    clinic.wait(16)
    clinic.loses_phone(TANAKA)

    seen = clinic.board(SATO)
    assert (seen.unconfirmed, seen.silent) == ((), (SUZUKI,))


def test_who_decides_and_who_is_asked(clinic: Clinic) -> None:
    """While nobody decides the board names those asked, afterwards the one who does."""
    clinic.reports(SATO)
    clinic.wait(3)
    assert (clinic.board(SATO).commander, clinic.board(SATO).asked) == (None, (TAKAHASHI, TANAKA))

    clinic.confirms(TANAKA)

    assert (clinic.board(SATO).commander, clinic.board(SATO).asked) == (TANAKA, ())


def test_the_next_time_is_named(clinic: Clinic) -> None:
    """When the clock will next do something by itself; nothing once it is over."""
    clinic.reports(SATO)
    assert clinic.board(SATO).next_at == MORNING + timedelta(minutes=3)

    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))
    assert clinic.board(SATO).next_at is None


def test_the_buttons_are_what_the_reader_may_do(clinic: Clinic) -> None:
    """Each reader has their own: take command, claim what waits, tell by mouth, end; nobody is shown more."""
    clinic.reports(SATO)
    run = clinic.run.id

    assert clinic.board(SATO).moves == ()
    assert clinic.board(SUZUKI).moves == ()
    assert clinic.board(TANAKA).moves == (
        TakeCommand(run),
        Claim(run, "vendors"),
        Close(run),
        CallOff(run),
    )
    clinic.act(TANAKA, TakeCommand(run))
    assert LowerGrade(run, "firm") in clinic.board(TANAKA).moves


def test_the_commander_may_claim_what_is_to_be_decided(clinic: Clinic) -> None:
    """When a decision waits because its owner was busy, its button is there for whoever decides, and for nobody else."""
    clinic.reports(TAKAHASHI)
    clinic.confirms(SUZUKI)

    clinic.photographs(TAKAHASHI)
    assert ("command", "stop") in clinic.run.waiting()
    assert clinic.offered(TAKAHASHI, Claim) == []
    assert Claim(clinic.run.id, "command") not in clinic.offered(TANAKA, Claim)
    clinic.answers(TAKAHASHI)
    assert clinic.screen(TAKAHASHI).step == "stop"


def test_only_what_is_missing_can_be_told_by_mouth(clinic: Clinic) -> None:
    """[口頭で伝えた] appears for those who stayed silent, for everybody but themselves."""
    clinic.reports(SATO)
    assert clinic.offered(SATO, TellByMouth) == []
    clinic.wait(16)

    told = [TellByMouth(clinic.run.id, m) for m in (TAKAHASHI, TANAKA, SUZUKI)]
    assert clinic.offered(SATO, TellByMouth) == told
    assert clinic.offered(SUZUKI, TellByMouth) == told[:2]


def test_provisional_decisions_are_offered_to_the_chain(clinic: Clinic) -> None:
    """Director and deputy can ratify from the board, too."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(SUZUKI, Decide(clinic.run.id, "power_off", reason="煙"))
    (turn,) = clinic.run.decisions

    assert clinic.offered(TAKAHASHI, Ratify) == [Ratify(clinic.run.id, turn, "yes")]
    assert clinic.offered(SATO, Ratify) == []


def test_an_ended_run_offers_to_add_and_to_reopen(clinic: Clinic) -> None:
    """Everybody may add something; the chain may reopen."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))

    run = clinic.run.id
    assert clinic.board(SATO).moves == (WriteLater(run),)
    assert clinic.board(TANAKA).moves == (WriteLater(run), Reopen(run))


def test_before_a_playbook_there_are_no_tracks(clinic: Clinic) -> None:
    """A report nobody classified has a board without lines and without an end to tap."""
    clinic.reports(SATO, playbook=None)

    seen = clinic.board(TAKAHASHI)
    assert (seen.tracks, seen.moves) == ((), ())
