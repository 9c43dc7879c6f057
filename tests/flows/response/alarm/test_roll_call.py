"""Who knows, where they are, and who is back."""

from __future__ import annotations

from flows.commands.people import (
    TakeCommand,
    TellByMouth,
    TellPresence,
)
from flows.events.calling import Acknowledged
from tests.flows.clinic import (
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    playbook_of,
)


def test_somebody_without_a_phone_is_told_by_mouth() -> None:
    """The board names them at once; a colleague taps [口頭で伝えた], and the log says on whose behalf."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    nobody = clinic.hire(name="渡辺", roles=("staff",), phone=False)
    clinic.reports(SATO)
    assert clinic.board(SATO).unreachable == (nobody,)
    assert TellByMouth(clinic.run.id, nobody) in clinic.offered(SATO, TellByMouth)

    outcome = clinic.act(SATO, TellByMouth(clinic.run.id, nobody))

    assert outcome.events == (Acknowledged(nobody),)
    assert outcome.entries[0].actor == SATO
    assert clinic.run.told_by == {nobody: SATO}
    assert clinic.offered(SATO, TellByMouth) == []


def test_telling_by_mouth_takes_no_command(clinic: Clinic) -> None:
    """That somebody told the director does not make the director decide; that is for the director to say."""
    clinic.reports(SATO)
    clinic.act(SATO, TellByMouth(clinic.run.id, TAKAHASHI))

    assert clinic.run.commander is None


def test_nobody_unknown_is_told(clinic: Clinic) -> None:
    """A member who never was cannot have been told."""
    clinic.reports(SATO)

    assert clinic.refused(SATO, TellByMouth(clinic.run.id, "m99")).name == "stale"


def test_an_old_button_still_takes_command(clinic: Clinic) -> None:
    """For whoever is asked to decide, [確認しました] of an older version takes command; for others it doesn't."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)
    assert not clinic.got("command_yours")

    clinic.confirms(TAKAHASHI)

    assert (clinic.run.commander, clinic.run.reserved) == (TAKAHASHI, False)
    assert {"command_yours", "step"} <= set(clinic.told_to(TAKAHASHI))
    assert clinic.screen(TAKAHASHI).step == "stop"


def test_where_one_is_stands_in_the_alarm_itself(clinic: Clinic) -> None:
    """The message that called changes; none comes for the answer, neither the first time nor afterwards."""
    clinic.reports(SATO)
    for where in ("here", "with_patient"):
        clinic.act(SUZUKI, TellPresence(clinic.run.id, where))
        assert [o.edits for o in clinic.told if o.to == f"phone:{SUZUKI}" and o.name == "alarm_confirmed"] == [True]


def test_whoever_returns_gets_one_summary(clinic: Clinic) -> None:
    """The director who was passed over is told once where things stand, whatever they do afterwards."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)

    clinic.confirms(TAKAHASHI)
    assert clinic.got("welcome_back") == [TAKAHASHI]
    assert clinic.run.commander == TANAKA

    clinic.writes(TAKAHASHI, "戻りました")
    assert clinic.got("welcome_back") == []


def test_the_silent_member_who_comes_gets_one_summary(clinic: Clinic) -> None:
    """Called three times in vain, then there: one summary, also when somebody else takes command later."""
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    clinic.wait(20)

    clinic.confirms(SUZUKI)
    assert clinic.got("welcome_back") == [SUZUKI]

    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.writes(SUZUKI, "患者さんに説明中")
    assert clinic.got("welcome_back") == []


def test_whoever_was_there_all_along_needs_no_summary(clinic: Clinic) -> None:
    """The deputy who was asked, decided and gave command back was never away."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))

    clinic.writes(TANAKA, "業者と話しています")

    assert clinic.got("welcome_back") == []


def test_a_second_silence_gets_a_second_summary(clinic: Clinic) -> None:
    """A director who fell silent again while deciding is passed over again, and gets a summary again."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.wait(25)
    assert clinic.run.commander is None
    clinic.act(TANAKA, TakeCommand(clinic.run.id))

    clinic.writes(TAKAHASHI, "戻りました")

    assert clinic.got("welcome_back") == [TAKAHASHI]
