"""What people write and hand in during a run."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.commands.command import Command
from flows.commands.people import (
    AskTime,
    Claim,
    Correct,
    Decide,
    KeepAsNote,
    KeepEvidence,
    LoseEvidence,
    Ratify,
    ShareNote,
    TakeCommand,
    Write,
)
from flows.events.telling import Decided, Ratified
from flows.response.asking import is_correction
from flows.response.notes import LONGEST_TEXT, happened_at
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TOKYO, TROUBLE, Clinic, happened, one_step, playbook_of


def clock(at: datetime) -> str:
    """Give the clinic's wall-clock time."""
    return f"{at.astimezone(TOKYO):%m-%d %H:%M}"


def last_turn(clinic: Clinic) -> int:
    """Give the turn of the newest note."""
    return max(clinic.run.notes)


# Notes


def test_a_text_becomes_a_note(clinic: Clinic) -> None:
    """What answers nothing is kept as it was written, and its writer is told."""
    clinic.reports(SATO)
    clinic.writes(TANAKA, "サーバー室は涼しい")

    (note,) = clinic.run.notes.values()
    assert (note.text, note.by, clock(note.occurred_at)) == ("サーバー室は涼しい", TANAKA, "04-01 09:00")
    assert "note_kept" in clinic.told_to(TANAKA)


def test_a_note_may_say_when_it_happened(clinic: Clinic) -> None:
    """「8:40 …」 happened at 8:40 and was recorded now; the text stays whole."""
    clinic.reports(SATO)
    outcome = clinic.writes(SATO, "8:40 ベンダーに電話した")

    (entry,) = outcome.entries
    assert (clock(entry.occurred_at), clock(entry.recorded_at)) == ("04-01 08:40", "04-01 09:00")
    (note,) = clinic.run.notes.values()
    assert (note.text, clock(note.occurred_at)) == ("8:40 ベンダーに電話した", "04-01 08:40")
    assert [o.message.facts["timed"] for o in clinic.told if o.name == "note_kept"] == [True]


def test_a_time_alone_is_no_time_of_a_note(clinic: Clinic) -> None:
    """「10:30」 and nothing else says nothing that happened then."""
    clinic.reports(SATO)
    clinic.writes(SATO, "10:30")

    assert clock(clinic.run.notes[last_turn(clinic)].occurred_at) == "04-01 09:00"


def test_a_long_text_is_refused_whole(clinic: Clinic) -> None:
    """Nothing is cut silently: 4,000 characters fit, one more is sent back with both numbers, a correction too."""
    clinic.reports(SATO)
    clinic.writes(SATO, "あ" * LONGEST_TEXT)

    too_long = "あ" * (LONGEST_TEXT + 1)
    for order in (Write(clinic.run.id, too_long), Correct(clinic.run.id, last_turn(clinic), too_long)):
        refusal = clinic.refused(SATO, order)
        assert (refusal.name, refusal.data) == ("too_long", {"most": LONGEST_TEXT, "length": LONGEST_TEXT + 1})


def test_a_note_is_shared_once(clinic: Clinic) -> None:
    """[全員に知らせる] sends it to all the others; a second tap is stale, and so is one on nothing."""
    clinic.reports(SATO)
    clinic.writes(SATO, "10時まで紙で")
    turn = last_turn(clinic)
    clinic.act(SATO, ShareNote(clinic.run.id, turn))

    assert clinic.got("note_shared") == [TAKAHASHI, TANAKA, SUZUKI]
    assert clinic.refused(SATO, ShareNote(clinic.run.id, turn)).name == "stale"
    assert clinic.refused(SATO, ShareNote(clinic.run.id, 1)).name == "stale"


# Corrections


def test_a_correction_points_at_what_it_corrects(clinic: Clinic) -> None:
    """The old entry stays as it was; the new one says of which entry and what it should read."""
    clinic.reports(SATO)
    clinic.writes(SATO, "端末は2台")
    turn = last_turn(clinic)
    clinic.act(SATO, Correct(clinic.run.id, turn, "端末は3台"))

    assert clinic.run.notes[turn].text == "端末は2台"
    assert clinic.run.corrections == {turn: ("端末は3台", None)}


def test_a_correction_of_nothing_is_refused(clinic: Clinic) -> None:
    """There has to be an entry to put right."""
    clinic.reports(SATO)

    for turn in (0, -1, 999):
        assert clinic.refused(SATO, Correct(clinic.run.id, turn, "何か")).name == "stale"
        assert clinic.refused(SATO, AskTime(clinic.run.id, turn)).name == "stale"


@pytest.mark.parametrize("written", ["訂正 端末は3台", "訂正：端末は3台", "Correction: 端末は3台"])
def test_a_correction_can_just_be_written(clinic: Clinic, written: str) -> None:
    """「訂正 …」 puts right the writer's own last note, not somebody else's."""
    clinic.reports(SATO)
    clinic.writes(SATO, "端末は2台")
    mine = last_turn(clinic)
    clinic.writes(TANAKA, "別の話")
    assert is_correction(written)

    clinic.writes(SATO, written)

    assert clinic.run.corrections == {mine: ("端末は3台", None)}


def test_a_correction_without_a_note_is_a_note(clinic: Clinic) -> None:
    """Whoever has written nothing yet loses nothing."""
    clinic.reports(SATO)
    clinic.writes(TANAKA, "訂正 端末は3台")

    assert [n.text for n in clinic.run.notes.values()] == ["訂正 端末は3台"]


def test_the_time_can_be_put_right(clinic: Clinic) -> None:
    """[時刻を直す] asks for it; what is no time is kept as a note, and nothing is waited for any more."""
    clinic.reports(SATO)
    clinic.writes(SATO, "8:40 ベンダーに電話した")
    note = clinic.run.notes[last_turn(clinic)]
    clinic.act(SATO, AskTime(clinic.run.id, note.turn))
    clinic.writes(SATO, "さっき")
    assert clinic.run.notes[last_turn(clinic)].text == "さっき"
    assert SATO not in clinic.run.asking

    clinic.act(SATO, AskTime(clinic.run.id, note.turn))
    clinic.writes(SATO, "8時半")

    assert clock(happened_at(clinic.run, note.turn, note.occurred_at)) == "04-01 08:30"
    assert clock(happened_at(clinic.run, note.turn + 1, note.occurred_at)) == "04-01 08:40"


def test_text_and_time_are_corrected_apart(clinic: Clinic) -> None:
    """One correction doesn't wipe out the other."""
    clinic.reports(SATO)
    clinic.writes(SATO, "8:40 電話した")
    turn = last_turn(clinic)
    clinic.act(SATO, Correct(clinic.run.id, turn, "電話を受けた"))
    clinic.act(SATO, AskTime(clinic.run.id, turn))
    clinic.writes(SATO, "8:30")

    text, at = clinic.run.corrections[turn]
    assert (text, at) == ("電話を受けた", "2027-04-01T08:30:00+09:00")


# An answer that was meant as a note


def test_an_answer_can_be_kept_as_a_note_instead(clinic: Clinic) -> None:
    """[メモにする]: the text stands as a note, the step is open again on the same screen."""
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    outcome = clinic.writes(SUZUKI, "12", to_step=True)

    clinic.act(SUZUKI, KeepAsNote(clinic.run.id, outcome.entries[0].turn))

    assert [n.text for n in clinic.run.notes.values()] == ["12"]
    assert ("care", "sheets") not in clinic.run.answered
    assert clinic.screen(SUZUKI).step == "sheets"


def test_whoever_had_the_next_step_gets_it_again() -> None:
    """Taking an answer back clears the next screen; when it is answered anew, the same person is asked, nobody else."""
    after = "      two:\n        ask: {ja: 次。, en: Next.}\n        role: nurse\n        source: own\n"
    clinic = Clinic(one_step("takes: text", after=after)).found()
    clinic.reports(SATO)
    clinic.confirms(TANAKA)
    outcome = clinic.writes(SATO, "受付の2台", to_step=True)
    assert clinic.screens() == {SUZUKI: "two"}
    clinic.act(SATO, KeepAsNote(clinic.run.id, outcome.entries[0].turn))
    assert clinic.screens() == {SATO: "it"}
    assert "step_released" in clinic.told_to(SUZUKI)

    clinic.wait(1)
    clinic.writes(SATO, "受付の3台", to_step=True)

    assert clinic.screens() == {SUZUKI: "two"}


def test_only_ones_own_answer_and_only_while_nothing_followed(clinic: Clinic) -> None:
    """Another's answer isn't mine to take back, and once the track went on it is too late."""
    clinic.reports(SATO)
    clinic.photographs(SATO)
    picture = clinic.run.answered["containment", "picture"].turn
    assert clinic.refused(SUZUKI, KeepAsNote(clinic.run.id, picture)).name == "stale"
    assert clinic.refused(SATO, KeepAsNote(clinic.run.id, 1)).name == "stale"

    clinic.answers(SATO)

    assert clinic.refused(SATO, KeepAsNote(clinic.run.id, picture)).name == "gone_on"


def test_what_was_answered_before_a_hand_over_stays_answered() -> None:
    """The playbook that is gone on with knows no such track: it is too late to make its last answer a note."""
    handing = TROUBLE.replace("answers: {cannot: {}}", "answers: {cannot: {reason: none, hands_over: other}}")
    clinic = Clinic(playbook_of(handing), one_step("within: 1 h", name="other")).found()
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    outcome = clinic.writes(SUZUKI, "12", to_step=True)
    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))
    clinic.answers(TANAKA, "cannot")

    refusal = clinic.refused(SUZUKI, KeepAsNote(clinic.run.id, outcome.entries[0].turn))
    assert (refusal.name, refusal.data["track"]) == ("gone_on", "care")


# Evidence


def test_a_photo_of_the_run_is_evidence(clinic: Clinic) -> None:
    """It is received, and kept when its bytes are there; both stand in the log."""
    clinic.reports(SATO)
    entry, *_ = clinic.photographs(TANAKA, to_step=False).entries
    assert clinic.told_to(TANAKA)[-3:-1] == ["evidence_received", "photos_asked"]

    clinic.act("clock", KeepEvidence(clinic.run.id, entry.turn, "ab" * 32, 1234))

    assert clinic.run.evidence[entry.turn].sha256 == "ab" * 32


def test_a_photo_that_never_came_is_told(clinic: Clinic) -> None:
    """Whoever sent it is asked to send it again, with the reason in the log."""
    clinic.reports(SATO)
    entry, *_ = clinic.photographs(TANAKA, to_step=False).entries

    clinic.act("clock", LoseEvidence(clinic.run.id, entry.turn, "too big"))

    assert clinic.run.evidence[entry.turn].lost == "too big"
    assert clinic.told_to(TANAKA) == ["evidence_lost"]


@pytest.mark.parametrize("order", [KeepEvidence("incident-1", 999, "ab" * 32, 1), LoseEvidence("incident-1", 999, "?")])
def test_evidence_that_never_arrived_is_not_kept(clinic: Clinic, order: Command) -> None:
    """An order about an unknown photo is refused, not a crash."""
    clinic.reports(SATO)

    assert clinic.refused("clock", order).name == "stale"


# Decisions


def test_a_decision_is_recorded_with_who_and_why(clinic: Clinic) -> None:
    """Whoever decides gives a reason when asked; the log has both."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    assert happened(clinic.act(TAKAHASHI, Decide(clinic.run.id, "power_off"))) == ["asked"]

    outcome = clinic.writes(TAKAHASHI, "煙が出たから")

    assert outcome.events[0] == Decided("power_off", "yes", "煙が出たから")
    assert outcome.entries[0].actor == TAKAHASHI


def test_only_who_decides_decides(clinic: Clinic) -> None:
    """Anybody else is told who does; what is no decision of the list is refused."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    refusal = clinic.refused(TANAKA, Decide(clinic.run.id, "power_off", reason="煙"))
    assert (refusal.name, refusal.data["member"]) == ("commander_only", TAKAHASHI)
    assert clinic.refused(TAKAHASHI, Decide(clinic.run.id, "pay_ransom", reason="早い")).name == "not_now"


def provisional(clinic: Clinic) -> int:
    """Let the nurse decide because nobody of the chain answers; gives the decision's turn."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(SUZUKI, Decide(clinic.run.id, "power_off", reason="煙が出た"))
    (made,) = clinic.run.decisions.values()
    return made.turn


def test_a_nurses_decision_waits_for_ratification(clinic: Clinic) -> None:
    """It counts and is marked; director and deputy are asked to stand behind it, and one of them is enough."""
    turn = provisional(clinic)
    assert clinic.run.decisions[turn].provisional
    assert clinic.got("ratify_ask") == [TAKAHASHI, TANAKA]
    assert clinic.board(TAKAHASHI).provisional == 1
    assert clinic.refused(SATO, Ratify(clinic.run.id, turn, "yes")).name == "chain_only"

    clinic.act(TANAKA, Ratify(clinic.run.id, turn, "yes"))

    assert clinic.run.decisions[turn].ratified is True
    assert clinic.board(TAKAHASHI).provisional == 0
    assert clinic.refused(TAKAHASHI, Ratify(clinic.run.id, turn, "no", "遅い")).name == "already_ratified"


def test_an_objection_has_a_reason(clinic: Clinic) -> None:
    """[認めない] asks why; the decision then stands as objected to."""
    turn = provisional(clinic)
    assert happened(clinic.act(TAKAHASHI, Ratify(clinic.run.id, turn, "no"))) == ["asked"]

    outcome = clinic.writes(TAKAHASHI, "まず電話してほしかった")

    assert outcome.events[0] == Ratified(turn, False, "まず電話してほしかった")
    assert clinic.run.decisions[turn].ratified is False


def test_what_is_not_provisional_needs_no_ratification(clinic: Clinic) -> None:
    """The director's own decision stands by itself."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, Decide(clinic.run.id, "power_off", reason="煙"))
    (made,) = clinic.run.decisions.values()

    assert clinic.refused(TANAKA, Ratify(clinic.run.id, made.turn, "yes")).name == "stale"


@pytest.mark.parametrize(
    ("text", "happened", "timed"),
    [
        ("9:10 ベンダーに電話した", "04-01 09:10", True),
        ("2027/3/31 23:50 最初に気づいた", "03-31 23:50", True),
        ("昨日の午後5時に気づいた", "03-31 17:00", True),
        ("午後2時半に業者到着", "04-01 09:00", False),
        ("22:00 最後にログアウトした", "04-01 09:00", False),
        ("昨日の夕方に気づいた", "04-01 09:00", False),
    ],
)
def test_a_note_is_filed_on_its_day(clinic: Clinic, text: str, happened: str, timed: bool) -> None:
    """A few minutes ahead is today; what is to come, or not sure, is filed now and asked about, never guessed back."""
    clinic.reports(SATO)
    clinic.writes(SATO, text)

    assert clock(clinic.run.notes[last_turn(clinic)].occurred_at) == happened
    assert [o.message.facts["timed"] for o in clinic.told if o.name == "note_kept"] == [timed]


def test_a_time_that_is_not_sure_corrects_nothing(clinic: Clinic) -> None:
    """Which day? Whoever was asked when it happened is asked again, and the next answer is taken."""
    clinic.reports(SATO)
    clinic.writes(SATO, "ログアウトした")
    note = last_turn(clinic)
    clinic.act(SATO, AskTime(clinic.run.id, note))
    assert clinic.refused(SATO, Write(clinic.run.id, "22:00")).data["doubt"] == "day"
    clinic.writes(SATO, "昨日 22:00")

    assert clock(happened_at(clinic.run, note, clinic.run.notes[note].occurred_at)) == "03-31 22:00"
