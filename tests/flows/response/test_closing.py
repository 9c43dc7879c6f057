"""How a run ends, and what it still takes afterwards."""

from __future__ import annotations

import pytest

from flows.commands.command import Command
from flows.commands.people import (
    CallOff,
    Close,
    ConfirmFalse,
    Correct,
    Decide,
    KeepAsNote,
    LearnFacts,
    Ratify,
    Reopen,
    SignOff,
    SkipQuestion,
    SwitchPlaybook,
    TakeCommand,
    Waive,
    WriteLater,
)
from flows.response.closing import REVIEW_QUESTIONS, obstacles
from flows.scene.pulled import pulled
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, happened, one_step, playbook_of


def all_done(clinic: Clinic, sheets: str = "0") -> None:
    """Let everybody do everything, the director deciding."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.answers(TAKAHASHI, "choice:keep", reason="被害が見えない")
    clinic.photographs(SATO)
    clinic.answers(SATO)
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, sheets, to_step=True)
    clinic.answers(SATO)
    clinic.writes(SATO, "折り返し待ち")


def reviewed(clinic: Clinic, who: str = TAKAHASHI) -> None:
    """Answer every review question."""
    clinic.act(who, Close(clinic.run.id))
    for _ in REVIEW_QUESTIONS:
        clinic.writes(who, "よくできた")


def closed(clinic: Clinic) -> None:
    """Bring a run to its proper end."""
    all_done(clinic)
    reviewed(clinic)
    clinic.act(TAKAHASHI, SignOff(clinic.run.id))


def left(clinic: Clinic) -> set[str]:
    """Give what stands in the way, by step or kind."""
    return {o.step or o.kind for o in obstacles(clinic.run, clinic.context(TAKAHASHI))}


# What stands in the way


def test_closing_is_refused_with_reasons(clinic: Clinic) -> None:
    """Every mandatory step not yet done is named, and nothing else happens."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    refusal = clinic.refused(TAKAHASHI, Close(clinic.run.id))

    assert refusal.name == "close"
    assert {o["step"] for o in refusal.data["obstacles"]} == {
        "picture",
        "unplug",
        "call",
        "paper",
        "sheets",
        "stop",
        "remaining",
    }


def test_a_run_with_everything_done_closes(clinic: Clinic) -> None:
    """Nothing in the way: four questions, the sign-off, the end; everybody is told."""
    all_done(clinic)
    assert left(clinic) == set()

    assert happened(clinic.act(TAKAHASHI, Close(clinic.run.id))) == ["review_begun", "asked"]
    for _ in REVIEW_QUESTIONS[:-1]:
        clinic.writes(TAKAHASHI, "よくできた")
        assert clinic.told_to(TAKAHASHI) == ["asking"]
    clinic.act(TAKAHASHI, SkipQuestion(clinic.run.id, REVIEW_QUESTIONS[-1]))
    assert clinic.told_to(TAKAHASHI) == ["sign_off"]
    clinic.act(TAKAHASHI, SignOff(clinic.run.id))

    assert clinic.run.state == "closed"
    assert clinic.run.review == {**dict.fromkeys(REVIEW_QUESTIONS[:-1], "よくできた"), REVIEW_QUESTIONS[-1]: ""}
    assert clinic.got("run_closed") == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_an_optional_step_stands_in_nobodys_way() -> None:
    """What is optional may be left on the screen."""
    clinic = Clinic(one_step("optional: true")).found()
    clinic.reports(SATO)

    assert left(clinic) == set()


def test_what_could_not_be_done_stays_in_the_way(clinic: Clinic) -> None:
    """「できません」 leads on, but the step is not settled: it has to be waived."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot", reason="スマホがない")

    assert "picture" in left(clinic)


def test_paper_left_to_enter_stands_in_the_way(clinic: Clinic) -> None:
    """As long as sheets remain the run can't close, even with every step done; at 0 it can."""
    all_done(clinic, sheets="12")
    clinic.writes(SATO, "5", to_step=True)
    refusal = clinic.refused(TAKAHASHI, Close(clinic.run.id))
    assert refusal.data["obstacles"] == [{"kind": "sheets", "track": "", "step": "", "count": 5}]

    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, {"sheets_remaining": "0"}))

    assert left(clinic) == set()


def test_a_decision_to_ratify_stands_in_the_way(clinic: Clinic) -> None:
    """What was decided provisionally is ratified first; no waiver helps."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(SUZUKI, Decide(clinic.run.id, "power_off", reason="煙が出た"))
    clinic.act(TAKAHASHI, Waive(clinic.run.id, "訓練済み"))
    assert left(clinic) == {"ratify"}
    assert clinic.refused(TAKAHASHI, Waive(clinic.run.id, "もう一度")).name == "nothing_to_waive"

    (made,) = clinic.run.decisions.values()
    clinic.act(TAKAHASHI, Ratify(clinic.run.id, made.turn, "yes"))

    assert left(clinic) == set()


# Waiver


def test_only_the_chain_waives(clinic: Clinic) -> None:
    """The director or a deputy lets things go undone; reception can't, nor can a nurse who took command."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))

    for who in (SATO, SUZUKI):
        assert clinic.refused(who, Waive(clinic.run.id, "面倒")).name == "chain_only"
    clinic.act(TANAKA, Waive(clinic.run.id, "今回は当てはまらない"))
    assert left(clinic) == set()


def test_a_waiver_has_a_reason(clinic: Clinic) -> None:
    """Without a reason it is asked for; the log then names each step, the sheets, and why."""
    all_done(clinic, sheets="12")
    assert happened(clinic.act(TAKAHASHI, Waive(clinic.run.id))) == ["asked"]

    clinic.writes(TAKAHASHI, "外注で入力する")

    assert clinic.run.waived == {("entry", "remaining"): "外注で入力する"}
    assert clinic.run.sheets_waived == "外注で入力する"
    assert clinic.told_to(TAKAHASHI) == ["waived"]


def test_there_is_nothing_to_waive_when_all_is_done(clinic: Clinic) -> None:
    """A waiver without anything left is refused."""
    all_done(clinic)

    assert clinic.refused(TAKAHASHI, Waive(clinic.run.id, "念のため")).name == "nothing_to_waive"


def test_screens_are_cleared_when_a_waived_run_ends(clinic: Clinic) -> None:
    """Whoever still had a step on the screen sees that it is no longer needed."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, Waive(clinic.run.id, "誤報に近い"))

    clinic.act(TAKAHASHI, Close(clinic.run.id))

    assert clinic.screens() == {}
    assert set(clinic.got("step_released")) == {TAKAHASHI, SATO, SUZUKI}


# Review and sign-off


def test_nobody_signs_before_the_review(clinic: Clinic) -> None:
    """An old [確定] does nothing while a question is open."""
    all_done(clinic)
    clinic.act(TAKAHASHI, Close(clinic.run.id))

    assert clinic.refused(TAKAHASHI, SignOff(clinic.run.id)).name == "stale"


def test_only_the_chain_signs(clinic: Clinic) -> None:
    """A run is closed in the name of the director or a deputy."""
    all_done(clinic)
    reviewed(clinic)

    assert clinic.refused(SATO, SignOff(clinic.run.id)).name == "chain_only"
    clinic.act(TANAKA, SignOff(clinic.run.id))
    assert clinic.run.state == "closed"


def test_a_stranger_to_the_command_does_not_begin_the_end(clinic: Clinic) -> None:
    """Only who decides or the chain may close."""
    all_done(clinic)

    assert clinic.refused(SATO, Close(clinic.run.id)).name == "chain_only"


def test_a_review_question_is_answered_once(clinic: Clinic) -> None:
    """Skipping what is answered, or what was never asked, is stale."""
    all_done(clinic)
    clinic.act(TAKAHASHI, Close(clinic.run.id))
    clinic.writes(TAKAHASHI, "よくできた")

    for question in (REVIEW_QUESTIONS[0], "nonsense"):
        assert clinic.refused(TAKAHASHI, SkipQuestion(clinic.run.id, question)).name == "stale"


def test_a_lost_message_stops_nobody_from_signing(clinic: Clinic) -> None:
    """[終了する] again: the open question comes back; after the last one the board of director and deputy has [確定]."""
    all_done(clinic)
    clinic.act(TAKAHASHI, Close(clinic.run.id))
    clinic.act(TANAKA, Close(clinic.run.id))
    assert clinic.told_to(TANAKA) == ["asking"]
    for _ in REVIEW_QUESTIONS:
        clinic.writes(TANAKA, "よくできた")

    assert clinic.refused(TAKAHASHI, Close(clinic.run.id)).name == "stale"
    assert clinic.offered(TAKAHASHI, Close) == []
    assert clinic.offered(TAKAHASHI, SignOff) == [SignOff(clinic.run.id)]
    assert clinic.offered(SATO, SignOff) == []


def test_no_answer_is_taken_back_during_the_review(clinic: Clinic) -> None:
    """Once the review has begun every step is settled for good; a correction is a note."""
    all_done(clinic)
    answer = clinic.run.answered["care", "sheets"].turn
    clinic.act(TAKAHASHI, Close(clinic.run.id))

    assert clinic.refused(SUZUKI, KeepAsNote(clinic.run.id, answer)).name == "gone_on"


# After the end


def test_an_ended_run_takes_later_facts(clinic: Clinic) -> None:
    """Notes, photos, corrections and facts still go in; the run stays closed."""
    closed(clinic)
    run, photos = clinic.run.id, len(clinic.run.evidence)

    clinic.act(SATO, WriteLater(run))
    clinic.writes(SATO, "翌日、事業者から報告書が届いた")
    clinic.photographs(SATO, to_step=False)
    clinic.act(SATO, Correct(run, 1, "画面に英語が出ていた"))
    clinic.act(TAKAHASHI, LearnFacts(run, {"persons": "120"}))

    assert [n.text for n in clinic.run.notes.values()] == ["翌日、事業者から報告書が届いた"]
    assert len(clinic.run.evidence) == photos + 1
    assert clinic.run.corrections == {1: ("画面に英語が出ていた", None)}
    assert (clinic.run.state, clinic.run.facts["persons"]) == ("closed", "120")


def test_an_ended_run_takes_no_answers(clinic: Clinic) -> None:
    """Stale buttons say that it has ended."""
    closed(clinic)

    refusal = clinic.refused(SUZUKI, TakeCommand(clinic.run.id))
    assert (refusal.name, refusal.data["state"]) == ("ended", "closed")
    assert clinic.wait(300) == []


def test_a_closed_run_is_reopened_and_closed_again(clinic: Clinic) -> None:
    """With a reason it goes on, who decided still decides, and it comes to its end a second time."""
    closed(clinic)
    assert happened(clinic.act(TAKAHASHI, Reopen(clinic.run.id))) == ["asked"]
    clinic.writes(TAKAHASHI, "また同じ画面が出た")
    assert (clinic.run.state, clinic.run.commander) == ("reopened", TAKAHASHI)
    assert SATO in clinic.got("run_reopened")

    clinic.act(TAKAHASHI, Close(clinic.run.id))
    while clinic.run.asking:
        clinic.writes(TAKAHASHI, "二度目")
    assert clinic.told_to(TAKAHASHI) == ["sign_off"]
    clinic.act(TAKAHASHI, SignOff(clinic.run.id))

    assert clinic.run.state == "closed"


def test_only_the_chain_reopens(clinic: Clinic) -> None:
    """And only what has ended."""
    closed(clinic)
    assert clinic.refused(SATO, Reopen(clinic.run.id, "気になる")).name == "chain_only"

    clinic.act(TANAKA, Reopen(clinic.run.id, "気になる"))
    assert clinic.refused(TANAKA, Reopen(clinic.run.id, "気になる")).name == "stale"


# False alarm and drill


def test_a_false_alarm_is_a_proper_end(clinic: Clinic) -> None:
    """With a reason; screens are cleared, everybody is told, and it can be reopened."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    assert happened(clinic.act(TAKAHASHI, CallOff(clinic.run.id))) == ["asked"]

    clinic.writes(TAKAHASHI, "壁紙を変えただけ")

    assert (clinic.run.state, clinic.run.end_reason) == ("false_alarm", "壁紙を変えただけ")
    assert clinic.screens() == {}
    assert clinic.got("run_false_alarm") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    clinic.act(TAKAHASHI, Reopen(clinic.run.id, "やはり本物"))
    assert clinic.run.live


def test_the_reporter_calls_off_only_before_it_begins(clinic: Clinic) -> None:
    """A slip of the finger ends with the question; once the alarm is out it's for those who decide."""
    clinic.reports(SATO, playbook=None)
    clinic.act(SATO, CallOff(clinic.run.id, "押しまちがい"))
    assert clinic.run.state == "false_alarm"

    clinic.reports(SATO)
    assert clinic.refused(SATO, CallOff(clinic.run.id, "押しまちがい")).name == "commander_only"


def test_a_drill_never_becomes_real(clinic: Clinic) -> None:
    """No order changes the mode: it is fixed when a run opens, whatever happens afterwards."""
    clinic.reports(SATO, mode="drill")
    clinic.confirms(TAKAHASHI)
    clinic.wait(60)

    assert clinic.run.id == "drill-1"
    assert clinic.run.mode == "drill"


def test_a_drill_is_broken_off_never_called_a_false_alarm(clinic: Clinic) -> None:
    """Its end is its own, and it isn't reopened: nobody is offered that."""
    clinic.reports(SATO, mode="drill")
    clinic.act(SATO, CallOff(clinic.run.id, "患者さんが来た"))

    assert clinic.run.state == "broken_off"
    assert clinic.got("run_broken_off") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    assert clinic.offered(TAKAHASHI, Reopen) == []
    for reason in ("続き", None):
        assert clinic.refused(TAKAHASHI, Reopen(clinic.run.id, reason)).name == "not_now"


@pytest.mark.parametrize("order", [Close, Waive, CallOff])
def test_an_ended_run_does_not_end_again(clinic: Clinic, order: type[Command]) -> None:
    """Stale buttons of the end are refused."""
    closed(clinic)

    assert clinic.refused(TAKAHASHI, order(clinic.run.id)).name == "ended"


ATTACK = playbook_of(
    TROUBLE.replace("Pull the cable.}", "Pull the cable.}\n        hands: true\n        picture: lan_plug")
).model_copy(update={"event": "cyber_attack"})
"""As if somebody attacked."""


def test_where_an_attack_is_feared_somebody_who_knows_makes_sure() -> None:
    """Neither whoever leads nor words end it: the director taps who made sure, and writes who and when."""
    clinic = Clinic(ATTACK).found()
    clinic.reports(SATO)
    clinic.photographs(SATO)
    clinic.answers(SATO)
    clinic.wait(9)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    assert clinic.refused(SUZUKI, CallOff(clinic.run.id, "直った")).name == "chain_only"
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "直った"))
    assert (clinic.run.live, clinic.run.asking[TAKAHASHI].what) == (True, "false_alarm_source")
    clinic.writes(TAKAHASHI, "直りました")
    assert (clinic.run.live, list(clinic.run.notes.values())[-1].text) == (True, "直りました")
    clinic.act(TAKAHASHI, ConfirmFalse(clinic.run.id, "vendor"))
    assert clinic.refused(TAKAHASHI, ConfirmFalse(clinic.run.id, "expert")).name == "stale"
    clinic.writes(TAKAHASHI, "あおばカルテの山口さん、9:40")
    assert (clinic.run.state, clinic.run.end_source) == ("false_alarm", "vendor")
    assert pulled(clinic.run) == ["lan_plug"]


def test_who_made_sure_is_no_matter_where_nobody_attacks() -> None:
    """A frozen chart is called off with a reason, as ever; nobody is asked for a source."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    assert clinic.refused(TAKAHASHI, ConfirmFalse(clinic.run.id, "vendor")).name == "stale"
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "直った"))
    assert (clinic.run.state, clinic.run.end_source) == ("false_alarm", "")


@pytest.mark.parametrize(
    "text",
    ["はい", "はい、10時", "山口さん", "もう大丈夫です", "直りました、9:40", "事業者に確認済み、今日", "yes, now"],
)
def test_yes_is_no_source(text: str) -> None:
    """Who and when is asked once more, with an example; the words stand as notes, and the second time the wait ends, not the run."""
    clinic = Clinic(ATTACK).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id))
    clinic.act(TAKAHASHI, ConfirmFalse(clinic.run.id, "vendor"))
    clinic.writes(TAKAHASHI, text)
    assert (clinic.run.asking[TAKAHASHI].about, "asking" in clinic.told_to(TAKAHASHI)) == (
        {"source": "vendor", "again": True},
        True,
    )
    clinic.writes(TAKAHASHI, text)
    assert (clinic.run.live, clinic.run.asking, len(clinic.run.notes)) == (True, {}, 2)


SEEN = """
facts: {posture: attack}
tracks:
  which:
    title: {ja: 見分ける, en: Tell}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      stopped:
        ask: {ja: 何が使えませんか。, en: What has stopped?}
        answers: {done: {}, records: {label: {ja: カルテ, en: Records}, to: end, hands_over: outage}, fire: {label: {ja: 火事, en: Fire}, to: end, hands_over: fire}}
        source: own
      after:
        ask: {ja: 線を抜く。, en: Pull the lead.}
        hands: true
        picture: lan_plug
        source: own
"""
OUTAGE = playbook_of(TROUBLE, name="outage")
FIRE = playbook_of(TROUBLE, name="fire").model_copy(update={"event": "disaster"})


@pytest.fixture
def feared() -> Clinic:
    """The clinic, in which nobody knows what it is, and an attack is feared."""
    clinic = Clinic(playbook_of(SEEN), OUTAGE, FIRE).found()
    clinic.reports(SATO)
    return clinic


def test_something_harmless_needs_somebody_who_knows_too(feared: Clinic) -> None:
    """Reception says that only the charts have stopped: nothing is changed until a deputy writes who made sure, and when."""
    feared.answers(SATO, "records")
    run = feared.run.id
    assert (feared.run.playbook and feared.run.playbook.playbook, sorted(feared.got("switch_wanted"))) == (
        "trouble",
        [TAKAHASHI, TANAKA, SATO],
    )
    order = SwitchPlaybook(run, "outage")
    assert feared.refused(SATO, order).name == "chain_only"
    assert feared.refused(TANAKA, SwitchPlaybook(run, "fire")).name == "stale"
    feared.act(TANAKA, order)
    feared.act(TANAKA, ConfirmFalse(run, "vendor"))
    feared.writes(TANAKA, "はい")
    assert feared.run.playbook == playbook_of(SEEN)
    feared.writes(TANAKA, "あおばカルテの山口さん、9:40")
    assert (feared.run.playbook, feared.run.live, feared.run.attacked) == (OUTAGE, True, False)
    assert "handed_over" in feared.told_to(SATO)
    assert feared.refused(TANAKA, order).name == "stale"


def test_fire_waits_for_nobody(feared: Clinic) -> None:
    """What is more dangerous is gone on with at once."""
    feared.answers(SATO, "fire")
    assert feared.run.playbook == FIRE


def test_where_no_attack_is_feared_nobody_is_asked() -> None:
    """Without the posture the same answer changes the procedure at once."""
    clinic = Clinic(playbook_of(SEEN.replace("posture: attack", "posture: none")), OUTAGE, FIRE).found()
    clinic.reports(SATO)
    clinic.answers(SATO, "records")
    assert clinic.run.playbook == OUTAGE


def test_who_was_never_rung_hears_nothing_of_the_end() -> None:
    """A firm matter that reception had no part in is over: the nurse, whose step it was, reads so; reception doesn't."""
    firm = one_step("", role="nurse", name="firm").model_copy(update={"grade": "firm"})
    clinic = Clinic(firm).found()
    other = clinic.hire(name="伊藤", roles=("reception",))
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "壁紙を変えただけ"))

    assert SUZUKI in clinic.got("run_false_alarm")
    assert other not in clinic.got("run_false_alarm")
