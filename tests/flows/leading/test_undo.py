"""[Undo] takes back one's own last answer, or a line of a card, and stops where somebody has built on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from flows.commands.drilling import Excuse
from flows.commands.people import (
    AnswerStep,
    Claim,
    GiveStep,
    KeepAsNote,
    Plead,
    SettleLine,
    SettleLines,
    TakeCommand,
    TickItem,
    Undo,
)
from flows.events.working import AnswerUndone
from flows.scene.undoing import stands, undoing
from flows.state.run import Approved, Filed
from tests.flows.clinic import (
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
from tests.flows.drills import LIBRARY, begin

CARD = one_step(
    "takes: card\nlines:\n  lead: {ja: 線を抜く, en: Pull the lead, hands: true, picture: lan_plug}\n  sign: {ja: 紙を貼る, en: Put up a sign}\n"
    "  told: {ja: 話す, en: Tell them, answers: {done: {sets: {flag: yes}}}}",
    after="      after:\n        ask: {ja: つぎ, en: Next}\n        source: own\n",
)

TWICE = one_step(
    "takes: card\nlines:\n  seen: {ja: 見た, en: Seen, answers: {done: {sets: {flag: yes}}}}\n"
    "  unseen: {ja: 見ていない, en: Not seen, answers: {done: {sets: {flag: no}}}}\n  sign: {ja: 紙を貼る, en: Put up a sign}\n",
)
TWO = """
tracks:
  first:
    title: {ja: 先, en: First}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      card:
        ask: {ja: 窓口, en: Desk}
        takes: card
        lines:
          say: {ja: 伝える, en: Tell}
          sign: {ja: 貼る, en: Put up}
        source: own
  second:
    title: {ja: 後, en: Second}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: reporter
    steps:
      other:
        ask: {ja: 数える, en: Count}
        source: own
"""
SIDE_BY_SIDE = """
tracks:
  first:
    title: {ja: 先, en: First}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      one:
        ask: {ja: 見る, en: Look}
        source: own
      two:
        ask: {ja: つぎ, en: Next}
        source: own
  second:
    title: {ja: 後, en: Second}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: nurse
    steps:
      other:
        ask: {ja: 数える, en: Count}
        source: own
"""
MOOT = """
facts: {flag: unknown}
tracks:
  looking:
    title: {ja: 見る, en: Look}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      seen:
        ask: {ja: 見ましたか。, en: Did you see it?}
        answers: {done: {sets: {flag: yes}}}
        source: own
  other:
    title: {ja: ほか, en: Other}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: nurse
    steps:
      look:
        ask: {ja: 探してください。, en: Look for it.}
        when: flag != yes
        source: own
"""


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    return clinic


def undo(clinic: Clinic, who: str) -> Any:
    """Let somebody take back what they answered last."""
    last = max(a.turn for a in clinic.run.answered.values() if a.by == who)
    return clinic.act(who, Undo(clinic.run.id, last))


def can(clinic: Clinic, who: str) -> bool:
    """Say whether somebody is offered to take anything back."""
    return undoing(clinic.run, clinic.context(who), who) is not None


def test_a_step_stands_open_again(clinic: Clinic) -> None:
    """The nurse tapped too early: her step is on her screen again, the next one gone; a replay gives the same."""
    clinic.answers(SUZUKI)
    assert clinic.screens()[SUZUKI] == "sheets"
    undo(clinic, SUZUKI)
    assert clinic.screens()[SUZUKI] == "paper"
    assert [name for name in clinic.told_to(SUZUKI) if name != "step_released"] == ["answer_open_again", "step"]
    assert ("care", "paper") not in clinic.run.answered
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_facts_and_tracks_go_back(clinic: Clinic) -> None:
    """The count set a fact and began to bring paper back: the fact is unknown, the track has never begun, nor the recovery."""
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert (clinic.run.facts["sheets_issued"], "entry" in clinic.run.tracks) == ("3", True)
    assert clinic.run.state == "recovering"
    outcome = undo(clinic, SUZUKI)
    assert [e for e in outcome.events if isinstance(e, AnswerUndone)] == [
        AnswerUndone(_of(outcome), "care", ("sheets",), {}, ("sheets_issued",), ("entry",))
    ]
    assert ("sheets_issued" in clinic.run.facts, "entry" in clinic.run.tracks) == (False, False)
    assert clinic.run.state == "responding"
    clinic.writes(SUZUKI, "4", to_step=True)
    assert (clinic.run.facts["sheets_issued"], "entry" in clinic.run.tracks) == ("4", True)


def _of(outcome: Any) -> int:
    return next(e.of for e in outcome.events if isinstance(e, AnswerUndone))


def test_not_after_somebody_built_on_it(clinic: Clinic) -> None:
    """The next step was answered: only that one can be taken back, and then, last first, the one before."""
    clinic.answers(SUZUKI)
    first = next(a.turn for a in clinic.run.answered.values())
    clinic.writes(SUZUKI, "3", to_step=True)
    assert clinic.refused(SUZUKI, Undo(clinic.run.id, first)).name == "newer_first"
    undo(clinic, SUZUKI)
    clinic.act(SUZUKI, Undo(clinic.run.id, first))
    assert clinic.screens()[SUZUKI] == "paper"


def test_not_after_a_quarter_of_an_hour_nor_by_others(clinic: Clinic) -> None:
    """Fifteen minutes later it stands; a colleague can't take it back at all."""
    clinic.answers(SUZUKI)
    turn = next(a.turn for a in clinic.run.answered.values())
    assert clinic.refused(SATO, Undo(clinic.run.id, turn)).name == "not_yours"
    clinic.wait(9)
    assert can(clinic, SUZUKI)
    clinic.wait(7)
    assert not can(clinic, SUZUKI)


def test_what_is_never_taken_back(clinic: Clinic) -> None:
    """A photo was handed in, a decision made: they stand; and a decision afterwards makes what it rests on stand, too."""
    clinic.photographs(SATO)
    assert not can(clinic, SATO)
    clinic.answers(SUZUKI)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert can(clinic, SUZUKI)
    clinic.answers(TAKAHASHI, "choice:halt", reason="広がる")
    assert (can(clinic, TAKAHASHI), can(clinic, SUZUKI)) == (False, False)


def test_a_tick_in_what_it_opened_counts() -> None:
    """The next step was only ticked: that is built on it."""
    clinic = Clinic(
        one_step(
            "answers: {done: {}}",
            after="      then:\n        ask: {ja: つぎ, en: Next}\n        takes: checklist\n"
            "        choices: {a: {ja: あ, en: A}, b: {ja: い, en: B}}\n        answers: {done: {}}\n        source: own\n",
        )
    ).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    assert can(clinic, SATO)
    clinic.act(SATO, TickItem(clinic.run.id, clinic.screen(SATO).turn, "a"))
    assert not can(clinic, SATO)


def test_a_line_and_a_card_that_was_done_by_one_tap() -> None:
    """A line alone opens again on the same card; what one tap settled together opens together, and what was pulled stays out."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "told", "done"))
    assert clinic.run.facts["flag"] == "yes"
    undo(clinic, SATO)
    assert (clinic.run.facts.get("flag"), clinic.screen(SATO).turn) == (None, turn)
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "told", "done"))
    clinic.now = clinic.now.replace(minute=clinic.now.minute + 1)
    clinic.act(SATO, SettleLines(clinic.run.id, turn))
    assert clinic.screen(SATO).step == "after"
    undone = next(e for e in undo(clinic, SATO).events if isinstance(e, AnswerUndone))
    assert (clinic.screen(SATO).step, set(undone.steps)) == ("it", {"it", "it/lead", "it/sign"})
    (said,) = [o.message for o in clinic.told if o.name == "answer_open_again"]
    assert said.facts["hands"] is True


def test_what_two_answers_told_goes_back_one_by_one() -> None:
    """Yes, then no, both taken back: nobody knows again; and of what was left undone, whoever leads reads it in one message."""
    clinic = Clinic(TWICE).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "seen", "done"))
    clinic.now = clinic.now.replace(minute=clinic.now.minute + 1)
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "unseen", "done"))
    assert clinic.run.facts["flag"] == "no"
    undo(clinic, SATO)
    assert clinic.run.facts["flag"] == "yes"
    undo(clinic, SATO)
    assert "flag" not in clinic.run.facts
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])

    clinic.act(SATO, SettleLine(clinic.run.id, turn, "seen", "cannot"))
    first = {o.key for o in clinic.told if o.name == "stays_undone"}
    undo(clinic, SATO)
    assert first == {o.key for o in clinic.told if o.name == "stays_undone"} != set()


def test_not_where_it_made_a_step_moot() -> None:
    """What was told took another's step from the screen: that is built on it."""
    clinic = Clinic(playbook_of(MOOT)).found()
    clinic.reports(SATO)
    assert clinic.screens() == {SATO: "seen", SUZUKI: "look"}
    clinic.answers(SATO)
    assert SUZUKI not in clinic.screens()
    assert not can(clinic, SATO)


def test_by_words(clinic: Clinic) -> None:
    """「今のなし」 offers the tap to its writer and bothers nobody, nor does it where there is nothing to take back."""
    clinic.answers(SUZUKI)
    clinic.act(SUZUKI, Plead(clinic.run.id, "今のなし", ("undo",)))
    assert ("undo_offered" in clinic.told_to(SUZUKI), clinic.got("plea_raised")) == (True, [])
    clinic.act(TANAKA, Plead(clinic.run.id, "今のなし", ("undo",)))
    assert ("undo_offered" in clinic.told_to(TANAKA), clinic.got("plea_raised")) == (False, [])
    assert [o.message.facts["why"] for o in clinic.told if o.name == "undo_refused"] == ["nothing_to_undo"]


def test_an_old_button_for_what_is_open_again_is_over(clinic: Clinic) -> None:
    """Twice is refused."""
    clinic.answers(SUZUKI)
    turn = next(a.turn for a in clinic.run.answered.values())
    clinic.act(SUZUKI, Undo(clinic.run.id, turn))
    assert clinic.refused(SUZUKI, Undo(clinic.run.id, turn)).name == "stale"
    clinic.act(SUZUKI, AnswerStep(clinic.run.id, clinic.screen(SUZUKI).turn, "done"))


# ── why it stands ───────────────────────────────────────────────────────────────────────────────────────────────────


def why(clinic: Clinic, who: str) -> str | None:
    """Say why somebody can't take back their last answer."""
    return stands(clinic.run, clinic.context(who), who)


def test_each_reason_by_its_name(clinic: Clinic) -> None:
    """Nothing answered yet; a photo; a decision; a quarter of an hour."""
    assert why(clinic, SUZUKI) == "nothing_to_undo"
    clinic.photographs(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.answers(TAKAHASHI, "choice:halt", reason="広がる")
    clinic.answers(SUZUKI)
    assert [why(clinic, who) for who in (SATO, TAKAHASHI, SUZUKI)] == ["answer_stands", "answer_stands", None]
    clinic.now += timedelta(minutes=16)
    assert why(clinic, SUZUKI) == "too_late"


def test_a_claim_of_what_it_opened_is_built_on_it(clinic: Clinic) -> None:
    """Reception left what came next to whoever is free, and the deputy claimed it."""
    clinic.answers(SATO, "cannot", reason="写らない")
    clinic.loses_phone(SATO)
    clinic.tick()
    assert stands(clinic.run, clinic.context(SATO), SATO) is None
    clinic.act(TANAKA, Claim(clinic.run.id, "containment"))
    assert why(clinic, SATO) == "gone_on"


def test_help_with_what_it_opened_is_built_on_it(clinic: Clinic) -> None:
    """Somebody was already unsure of the next step, and was shown it."""
    clinic.answers(SATO, "cannot", reason="写らない")
    assert why(clinic, SATO) is None
    clinic.answers(SATO, "unsure")
    assert why(clinic, SATO) == "gone_on"


def test_an_approved_text_and_a_filed_report_rest_on_it(clinic: Clinic) -> None:
    """Whatever went outside, or was approved to, was written with what the answer had told."""
    clinic.answers(SUZUKI)
    assert why(clinic, SUZUKI) is None
    clinic.run.explanations["poster", "ja"] = Approved("紙で対応中", TAKAHASHI, clinic.now + timedelta(seconds=1))
    assert why(clinic, SUZUKI) == "gone_on"
    clinic.run.explanations.clear()
    clinic.run.filed["police"] = Filed(clinic.run.turns + 1, TAKAHASHI, clinic.now, "受付 1", {})
    assert why(clinic, SUZUKI) == "gone_on"


def test_a_step_that_looks_at_what_was_told_rests_on_it() -> None:
    """The nurse answered a step that is there only because of what reception told."""
    clinic = Clinic(
        playbook_of(MOOT.replace("flag != yes", "flag == yes").replace("flag: unknown", "flag: unknown"))
    ).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    assert why(clinic, SATO) is None
    clinic.answers(SUZUKI)
    assert why(clinic, SATO) == "gone_on"


def test_lines_of_a_card_stand_side_by_side() -> None:
    """Whoever leads ticked another line of reception's card: reception may still take back theirs."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    turn = clinic.screen(SATO).turn
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "sign", "done"))
    clinic.now += timedelta(minutes=1)
    clinic.act(TAKAHASHI, SettleLine(clinic.run.id, turn, "lead", "done"))
    undo(clinic, SATO)
    assert clinic.run.line_answer("only", "it", "sign") is None
    assert clinic.run.line_answer("only", "it", "lead") is not None


@pytest.mark.parametrize("last", ["sign", "told"])
def test_a_line_is_taken_back_before_those_that_were_ticked_since(last: str) -> None:
    """It alone opens again, with its card where that was done since; what the others told stays known, and a replay gives the same."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    for line in ("lead", "sign", "told")[: 2 if last == "sign" else 3]:
        clinic.act(SATO, SettleLine(clinic.run.id, turn, line, "done"))
        clinic.now += timedelta(minutes=1)
    of = clinic.run.answered["only", "it/lead"].turn
    undone = next(e for e in clinic.act(SATO, Undo(clinic.run.id, of)).events if isinstance(e, AnswerUndone))

    assert undone.steps == (("it/lead",) if last == "sign" else ("it/lead", "it"))
    assert clinic.screens() == {SATO: "it"}
    assert clinic.run.line_answer("only", "it", "lead") is None
    assert clinic.run.line_answer("only", "it", last) is not None
    assert last == "sign" or clinic.run.facts["flag"] == "yes"
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_a_line_stays_where_what_followed_its_card_was_answered() -> None:
    """Somebody has built on the card."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    for line in ("lead", "sign", "told"):
        clinic.act(SATO, SettleLine(clinic.run.id, turn, line, "done"))
    of = clinic.run.answered["only", "it/lead"].turn
    clinic.answers(SATO)

    assert clinic.refused(SATO, Undo(clinic.run.id, of)).name == "gone_on"


def test_a_card_that_opens_again_is_its_owners_first() -> None:
    """Reception finished it and was given something else: the card is on their screen again, the other waits for them."""
    clinic = Clinic(playbook_of(TWO)).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    clinic.act(SATO, SettleLines(clinic.run.id, turn))
    assert clinic.screens() == {SATO: "other"}
    undo(clinic, SATO)
    assert clinic.screens() == {SATO: "card"}
    assert [o.message.facts["why"] for o in clinic.told if o.name == "step_released"] == ["reopened", "later"]
    clinic.act(SATO, SettleLines(clinic.run.id, clinic.screen(SATO).turn))
    assert clinic.screens() == {SATO: "other"}


def test_in_a_drill_what_was_put_aside_waits_while_there_is_a_patient() -> None:
    """Reception has the card again and says [患者さん対応中]: others have both at once."""
    clinic = Clinic(playbook_of(TWO.replace("role: reporter", "role: reception")), drills=LIBRARY).found()
    begin(clinic, "tabletop")
    clinic.act(SATO, SettleLines(clinic.run.id, clinic.screen(SATO).turn))
    undo(clinic, SATO)
    assert clinic.screens() == {SATO: "card"}
    clinic.act(SATO, Excuse(clinic.run.id))

    assert clinic.screens() == {SUZUKI: "card", TAKAHASHI: "other"}


def test_of_two_taps_at_the_same_moment_one_is_taken_back() -> None:
    """Taps that waited are taken in together: each is its own answer, and what was ticked before stays when a card opens again."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "told", "done"))
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "lead", "done"))
    undo(clinic, SATO)
    assert (clinic.run.line_answer("only", "it", "lead"), clinic.run.line_answer("only", "it", "told") is None) == (
        None,
        False,
    )
    clinic.act(SATO, SettleLines(clinic.run.id, turn))
    undone = next(e for e in undo(clinic, SATO).events if isinstance(e, AnswerUndone))
    assert set(undone.steps) == {"it", "it/lead", "it/sign"}
    assert {"turn": turn, "why": "reopened"} in [o.message.facts for o in clinic.told if o.name == "step_released"]


def test_twice_in_a_row_takes_back_the_one_before(clinic: Clinic) -> None:
    """Two answers in two tracks, taken back by words one after the other, the newest first; the third time there is none."""
    clinic.answers(SATO, "cannot", reason="写らない")
    clinic.now += timedelta(minutes=1)
    clinic.act(SATO, GiveStep(clinic.run.id, "containment", clinic.screen(SATO).turn, TANAKA))
    clinic.writes(SATO, "折り返します", to_step=True)
    for step in ("call", "picture"):
        clinic.act(SATO, Plead(clinic.run.id, "戻したい", ("undo",)))
        (of,) = [o.message.facts["turn"] for o in clinic.told if o.name == "undo_offered"]
        clinic.act(SATO, Undo(clinic.run.id, of))
        assert clinic.screens()[SATO] == step
    clinic.act(SATO, Plead(clinic.run.id, "戻したい", ("undo",)))
    assert [o.message.facts["why"] for o in clinic.told if o.name == "undo_refused"] == ["nothing_to_undo"]


def test_a_lead_stays_out_and_patients_are_no_lead() -> None:
    """The warning about leads comes with a lead, not with whatever is done by hand."""
    clinic = Clinic(one_step("hands: true\nanswers: {done: {}}")).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    undo(clinic, SATO)
    assert [o.message.facts["hands"] for o in clinic.told if o.name == "answer_open_again"] == [False]


def test_nothing_is_taken_back_of_a_playbook_that_another_has_followed() -> None:
    """Its track is gone: the step would stand in none, and nobody could be shown it."""
    text = SIDE_BY_SIDE.replace(
        "Count}", "Count}\n        answers: {worse: {label: {ja: 大事, en: Worse}, hands_over: trouble}}"
    )
    clinic = Clinic(playbook_of(text, "small"), playbook_of(TROUBLE)).found()
    clinic.reports(SATO, playbook="small")
    clinic.answers(SATO)
    answered = clinic.run.answered["first", "one"].turn
    clinic.answers(SUZUKI, "worse")

    assert clinic.refused(SATO, Undo(clinic.run.id, answered)).name == "gone_on"
    assert clinic.refused(SATO, KeepAsNote(clinic.run.id, answered)).name == "gone_on"


def test_a_photo_that_completes_a_card_makes_the_card_stand() -> None:
    """A card and the line that completed it are taken back together or not at all: the photo was handed in."""
    lines = "takes: card\nlines:\n  sign: {ja: 紙を貼る, en: Put up a sign}\n  screen: {ja: 画面, en: The screen, takes: photo}\n"
    clinic = Clinic(one_step(lines)).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "sign", "done"))
    assert can(clinic, SATO)
    clinic.photographs(SATO)
    assert not can(clinic, SATO)


def test_what_the_last_line_told_goes_back_with_its_card() -> None:
    """The line that completes the card tells a fact: taken back, nobody has told it."""
    clinic = Clinic(CARD).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    for line in ("lead", "sign", "told"):
        clinic.act(SATO, SettleLine(clinic.run.id, turn, line, "done"))
    assert clinic.run.facts["flag"] == "yes"
    undo(clinic, SATO)
    assert "flag" not in clinic.run.facts


def test_what_a_choice_began_ends_with_it() -> None:
    """What [done] starts begins by any of its choices; taken back, it has never begun."""
    book = SIDE_BY_SIDE.replace(
        "en: Look}",
        "en: Look}\n        takes: choice\n        choices: {a: {ja: あ, en: A}, b: {ja: い, en: B}}\n"
        "        answers: {done: {starts: [second]}}",
    ).replace("urgency: 2\n", "urgency: 2\n    starts: later\n")
    clinic = Clinic(playbook_of(book)).found()
    clinic.reports(SATO)
    assert "second" not in clinic.run.tracks
    clinic.answers(SATO, "choice:a")
    assert "second" in clinic.run.tracks
    undo(clinic, SATO)
    assert "second" not in clinic.run.tracks


def test_coming_back_goes_on_while_something_else_of_it_has_begun() -> None:
    """Two things began to bring the practice back; one is taken back, the other stands: so does the recovery."""
    again = TROUBLE[TROUBLE.index("  entry:") :].replace("  entry:", "  again:").replace("remaining:", "left:")
    book = TROUBLE.replace("Hand out paper.}", "Hand out paper.}\n        answers: {done: {starts: [again]}}") + again
    clinic = Clinic(playbook_of(book)).found()
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert (clinic.run.state, {"entry", "again"} <= set(clinic.run.tracks)) == ("recovering", True)
    undo(clinic, SUZUKI)
    assert ("entry" in clinic.run.tracks, clinic.run.state) == (False, "recovering")
