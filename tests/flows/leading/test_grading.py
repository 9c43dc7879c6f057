"""How loud it is: what raises it, who lowers it, and what is small ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.people import (
    CallOff,
    ChoosePlaybook,
    Join,
    LowerGrade,
    Plead,
    RaiseGrade,
    Reopen,
    Report,
    TakeCommand,
    Write,
)
from flows.record.journal import FACILITY
from playbooks.model import Playbook
from tests.flows.clinic import (
    MORNING,
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    one_step,
    playbook_of,
    replayed,
    state_of,
)

ALONE = """
answers:
  one: {label: {ja: 今の1人だけ, en: One only}, to: end, sets: {alone: yes}}
  many: {label: {ja: ほかの人も, en: Others too}, to: it2, sets: {alone: no}}
  odd: {label: {ja: 勝手に動く, en: Moves by itself}, to: end, hands_over: loud}
within: 5 min
"""
THEN = "      it2:\n        ask: {ja: 紙に書いてください。, en: Write it down.}\n        role: nurse\n        source: own\n"
LOUD = playbook_of(TROUBLE, "loud").model_copy(update={"grade": "urgent"})
ATTACK = playbook_of(TROUBLE, "attack").model_copy(update={"grade": "urgent", "event": "cyber_attack"})


def small_playbook() -> Playbook:
    """Make one that begins quietly: its question ends it, or shows that it is more."""
    made = one_step(ALONE, after=THEN, name="small")
    return made.model_copy(update={"grade": "quiet", "raises": {"firm": "alone == no"}})


@pytest.fixture
def clinic() -> Clinic:
    """Five people at work: one of them is nobody's role."""
    clinic = Clinic(small_playbook(), LOUD, ATTACK).found()
    clinic.hire(name="伊藤", roles=("pharmacist",))
    clinic.heard.clear()
    return clinic


ITO = "m5"


def who_heard(clinic: Clinic) -> set[str]:
    """Give everybody who was told anything of a run."""
    return {o.to.removeprefix("phone:") for o in clinic.heard if o.run != FACILITY}


# What is small


def test_of_something_small_only_whoever_reports_it_hears(clinic: Clinic) -> None:
    """One card that can't be read: nobody is rung, nobody is asked to decide, and one answer is the end of it."""
    clinic.reports(SATO)
    assert (clinic.screens(), clinic.run.asked_to_command) == ({SATO: "it"}, {})

    clinic.answers(SATO, "one")

    assert (clinic.run.state, clinic.run.solved) == ("closed", True)
    assert clinic.told_to(SATO)[-1] == "run_solved"
    assert who_heard(clinic) == {SATO}
    assert state_of(replayed(clinic.journal).runs()[-1]) == state_of(clinic.run)


def test_what_is_more_than_one_calls_whom_it_needs(clinic: Clinic) -> None:
    """Others can't be read either: those who decide are rung, and the nurse, whose step it is; the pharmacist isn't."""
    clinic.reports(SATO)
    clinic.answers(SATO, "many")

    assert clinic.run.grade == "firm"
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    assert list(clinic.run.asked_to_command) == [TAKAHASHI]
    assert "louder_now" not in clinic.told_to(
        SATO
    )  # it came of their own answer, and their board says how far it is told


def test_what_moves_by_itself_rings_everybody(clinic: Clinic) -> None:
    """The answer hands over to what is urgent: all are rung in the same moment."""
    clinic.reports(SATO)
    clinic.answers(SATO, "odd")

    assert (clinic.run.grade, clinic.run.playbook and clinic.run.playbook.playbook) == ("urgent", "loud")
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI, ITO]
    assert list(clinic.run.asked_to_command) == [TAKAHASHI]


def test_who_has_not_confirmed_yet_hears_that_it_is_something_else(clinic: Clinic) -> None:
    """It was more than one, and then it moved by itself: those who were called and are silent are told at once, too."""
    clinic.reports(SATO)
    clinic.act(SATO, RaiseGrade(clinic.run.id, "firm"))
    clinic.confirms(SUZUKI)
    clinic.answers(SATO, "odd")

    assert clinic.got("louder_now") == [TAKAHASHI, TANAKA]
    assert clinic.got("handed_over") == [SUZUKI]
    assert "step_released" in clinic.told_to(SATO)  # where their answer stood


def test_silence_to_its_question_is_no_no(clinic: Clinic) -> None:
    """When the time for the question is over, those who decide are told: nobody has said that nothing is odd."""
    clinic.reports(SATO)
    assert not any(o.name == "alarm" for o in clinic.wait(4))

    assert any(o.name == "alarm" and o.to == f"phone:{TAKAHASHI}" for o in clinic.wait(1))
    assert ("firm", "unanswered") in clinic.run.raised


def test_it_stays_small_for_a_quarter_of_an_hour_at_most() -> None:
    """Its question was answered, and what is to be done lasts: those who decide are told then."""
    asks = "answers: {one: {label: {ja: 1人, en: One}, to: it2}}\nwithin: 5 min\n"
    clinic = Clinic(one_step(asks, after=THEN, name="small").model_copy(update={"grade": "quiet"})).found()
    clinic.reports(SATO)
    clinic.answers(SATO, "one")
    assert clinic.screens() == {SUZUKI: "it2"}

    assert not any(o.name == "alarm" for o in clinic.wait(14))
    assert [o.to for o in clinic.wait(1) if o.name == "alarm"] == [f"phone:{m}" for m in (TAKAHASHI, TANAKA, SUZUKI)]


@pytest.mark.parametrize("joins", [True, False], ids=["the same", "another"])
def test_a_second_report_makes_it_louder(clinic: Clinic, joins: bool) -> None:
    """Two in a house within the hour are no chance, whether they say that it is the same or not."""
    first = clinic.reports(SATO).id
    clinic.now += timedelta(minutes=2)

    clinic.act(SUZUKI, Join(first, "こちらも") if joins else Report("", "こちらも", playbook="small"))
    clinic.tick()

    run = clinic.engine.run(first)
    assert run is not None
    assert (run.grade, ("firm", "second_report") in run.raised) == ("firm", True)


def test_the_next_one_within_the_hour_is_told_at_once(clinic: Clinic) -> None:
    """The first was over by itself; the second within an hour begins louder, and after the hour it is small again."""
    clinic.reports(SATO)
    clinic.answers(SATO, "one")
    clinic.now += timedelta(minutes=59)
    clinic.reports(SATO)
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]

    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "まちがい"))
    clinic.now += timedelta(minutes=61)
    clinic.reports(SATO)
    assert clinic.got("alarm") == []


def test_where_an_attack_is_near_nothing_is_small(clinic: Clinic) -> None:
    """What was written may be an attack: those who decide hear of it, whatever was chosen."""
    clinic.reports(SATO, playbook=None, candidates=("small", "attack"), near=("small", "attack"))
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "small"))

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]


def test_where_it_surely_is_an_attack_everybody_is_rung(clinic: Clinic) -> None:
    """It prints by itself, and was taken for a card that can't be read: what was written counts."""
    clinic.reports(SATO, playbook=None, candidates=("small", "attack"), near=("small", "attack"), sure=True)
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "small"))

    assert (clinic.run.grade, clinic.got("alarm")) == ("urgent", [TAKAHASHI, TANAKA, SUZUKI, ITO])


def test_whoever_is_asked_something_knows_what_it_is_about(clinic: Clinic) -> None:
    """A question that goes to whoever decides brings the alarm before it."""
    clinic.reports(SATO)
    clinic.act(SATO, Plead(clinic.run.id, "この方はどうしますか", ("question",)))

    assert clinic.told_to(TAKAHASHI)[:2] == ["alarm", "plea_raised"]
    assert ("firm", "asked") in clinic.run.raised


def test_in_a_drill_nothing_is_small() -> None:
    """A drill calls as it always did: calling is what is practised."""
    clinic = Clinic(small_playbook(), LOUD).found()
    clinic.reports(SATO, mode="drill")

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]


def test_what_is_begun_again_stays_open(clinic: Clinic) -> None:
    """Who takes it up again after its end decides when it is over."""
    clinic.reports(SATO)
    clinic.answers(SATO, "one")

    clinic.act(TAKAHASHI, Reopen(clinic.run.id, "まだ読めない"))
    clinic.act(SATO, Write(clinic.run.id, "続いています"))

    assert clinic.run.live
    assert not clinic.run.solved


# One tap, and back


def test_one_tap_makes_it_louder(clinic: Clinic) -> None:
    """Whoever is there may say that it is bigger: each tap one grade, and nobody who knows is rung as if they didn't."""
    clinic.reports(SATO)
    run = clinic.run.id

    clinic.act(SATO, RaiseGrade(run, "firm"))
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    clinic.confirms(SUZUKI)
    clinic.act(SUZUKI, RaiseGrade(run, "urgent"))

    assert (clinic.got("alarm"), clinic.run.grade) == ([ITO], "urgent")
    assert set(clinic.got("louder_now")) == {SATO, SUZUKI, TAKAHASHI, TANAKA}
    assert clinic.refused(SATO, RaiseGrade(run, "firm")).name == "stale"


def test_those_who_decide_lower_it_with_a_reason(clinic: Clinic) -> None:
    """All who were called read that fewer are from here on, and why; who isn't needed isn't called again."""
    clinic.reports(SATO, playbook="loud")
    run = clinic.run.id
    assert clinic.refused(SUZUKI, LowerGrade(run, "firm", "大丈夫")).name == "chain_only"

    clinic.act(TANAKA, LowerGrade(run, "firm"))
    assert clinic.run.asking[TANAKA].what == "lower_grade"
    clinic.act(TANAKA, Write(run, "1台だけとわかった"))

    assert (clinic.run.grade, clinic.run.asking) == ("firm", {})
    assert set(clinic.got("quieter_now")) == {SATO, TAKAHASHI, TANAKA, SUZUKI, ITO}
    again = {o.to for o in clinic.wait(20) if o.name == "alarm_again"}
    assert f"phone:{TAKAHASHI}" in again
    assert f"phone:{ITO}" not in again


def test_what_raised_it_once_does_not_raise_it_again(clinic: Clinic) -> None:
    """Those who decide know why it was raised: only something new makes it louder again."""
    clinic.reports(SATO)
    clinic.answers(SATO, "many")
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.act(TAKAHASHI, LowerGrade(clinic.run.id, "quiet", "読み取り機のほこり"))
    clinic.act(SATO, Write(clinic.run.id, "拭きました"))

    assert clinic.run.grade == "quiet"
    clinic.wait(15)
    assert (clinic.run.grade, ("firm", "unsolved") in clinic.run.raised) == ("firm", True)


def test_only_what_began_quietly_becomes_quiet_again(clinic: Clinic) -> None:
    """An attack is never told to nobody."""
    clinic.reports(SATO, playbook="loud")
    clinic.act(TAKAHASHI, LowerGrade(clinic.run.id, "firm", "止めた"))

    assert clinic.refused(TAKAHASHI, LowerGrade(clinic.run.id, "quiet", "終わった")).name == "stale"


# The evening


def test_what_ended_quietly_is_told_in_the_evening(clinic: Clinic) -> None:
    """At five those who decide read it in one silent message, once; what ends after that waits for the next evening."""
    clinic.reports(SATO)
    clinic.answers(SATO, "one")
    first = clinic.run.id
    clinic.now = MORNING + timedelta(hours=7, minutes=59)
    clinic.tick()
    assert clinic.got("quiet_ends") == []

    clinic.now += timedelta(minutes=1)
    clinic.tick()
    assert [(o.to, o.silent, o.message.facts) for o in clinic.told if o.name == "quiet_ends"] == [
        (f"phone:{m}", True, {"runs": (first,)}) for m in (TAKAHASHI, TANAKA)
    ]

    clinic.now += timedelta(minutes=5)
    clinic.reports(SATO)
    clinic.answers(SATO, "one")
    assert not any(o.name == "quiet_ends" for o in clinic.wait(5))
    clinic.now += timedelta(days=1)
    clinic.tick()
    assert clinic.got("quiet_ends") == [TAKAHASHI, TANAKA]
