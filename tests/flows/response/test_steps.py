"""Who does which step, and what an answer takes."""

from __future__ import annotations

import pytest

from flows.commands.clock import ReleaseStep
from flows.commands.people import (
    Acknowledge,
    AnswerStep,
    Claim,
    DropQuestion,
    HandIn,
    LearnFacts,
    TakeCommand,
    TickItem,
    Write,
)
from flows.events.working import HelpGiven, TrackStarted
from flows.state.work import CLOCK
from tests.flows.clinic import (
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    happened,
    one_step,
    playbook_of,
    replayed,
    state_of,
)

# Side by side


def test_tracks_run_side_by_side(clinic: Clinic) -> None:
    """Each step goes to the role that owns it: the reporter's to the reporter, the nurse's to the nurse, at once."""
    clinic.reports(SATO)

    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper"}


def test_one_open_step_a_person_and_the_most_urgent_first(clinic: Clinic) -> None:
    """Reception reports and owns the vendors too: those wait until what is more urgent is done."""
    clinic.reports(SATO)
    assert ("vendors", "call") in clinic.run.waiting()

    clinic.photographs(SATO)
    assert clinic.screen(SATO).step == "unplug"

    clinic.answers(SATO)
    assert clinic.screen(SATO).step == "call"


def test_what_waits_can_be_claimed(clinic: Clinic) -> None:
    """Anybody free sees the button and takes the step."""
    clinic.reports(SATO)
    clinic.confirms(TANAKA)
    assert Claim(clinic.run.id, "vendors") in clinic.offered(TANAKA, Claim)

    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))

    assert clinic.screen(TANAKA).step == "call"
    assert clinic.told_to(TANAKA) == ["step"]


def test_two_claim_and_the_second_is_told_who_has_it(clinic: Clinic) -> None:
    """The first tap wins; the other person gets a name, not silence."""
    clinic.reports(SATO)
    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))

    late = clinic.refused(TAKAHASHI, Claim(clinic.run.id, "vendors"))

    assert (late.name, late.data["member"]) == ("already_taken", TANAKA)


def test_nobody_claims_a_second_step(clinic: Clinic) -> None:
    """Whoever has a step finishes it first; the button isn't even there."""
    clinic.reports(SATO)

    assert clinic.offered(SATO, Claim) == []
    assert clinic.refused(SATO, Claim(clinic.run.id, "vendors")).name == "one_step_at_a_time"


def test_a_decision_is_not_for_claiming(clinic: Clinic) -> None:
    """What belongs to whoever decides stays theirs."""
    clinic.reports(SATO)

    assert Claim(clinic.run.id, "command") not in clinic.offered(TANAKA, Claim)
    assert clinic.refused(TANAKA, Claim(clinic.run.id, "command")).name == "commander_only"


def test_a_step_in_another_run_keeps_one_busy(clinic: Clinic) -> None:
    """One open step a person holds over all runs together."""
    clinic.reports(SATO)
    first = clinic.run.id
    clinic.reports(TANAKA, mode="drill")

    assert SUZUKI not in clinic.screens()
    assert clinic.refused(SUZUKI, Claim(clinic.run.id, "care")).name == "one_step_at_a_time"
    clinic.act(
        SUZUKI,
        AnswerStep(first, 0 + next(s.turn for s in clinic.engine.runs()[0].open_steps() if s.member == SUZUKI), "done"),
    )


def test_the_deputy_does_it_when_the_owner_is_away(clinic: Clinic) -> None:
    """The nurse stands in for reception, which is at home today."""
    clinic.goes_home(SATO)
    clinic.reports(TANAKA)

    assert clinic.screens() == {TANAKA: "picture", SUZUKI: "call"}


def test_a_deputy_is_not_asked_while_the_owner_is_here(clinic: Clinic) -> None:
    """Reception is busy, not away: its step waits for it, and the free deputy sees it on the board."""
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)

    assert SUZUKI not in clinic.screens()
    assert Claim(clinic.run.id, "vendors") in clinic.offered(SUZUKI, Claim)


def test_a_role_nobody_holds_falls_to_who_decides() -> None:
    """No pharmacist here: the step goes to whoever decides, and before anybody does to the reporter."""
    clinic = Clinic(one_step("", role="pharmacist")).found()
    clinic.reports(SATO)
    assert clinic.screens() == {SATO: "it"}

    clinic.reports(TAKAHASHI)
    assert clinic.screens() == {TAKAHASHI: "it"}


def test_the_time_allowed_starts_when_the_step_is_shown(clinic: Clinic) -> None:
    """What waits is not late: only from the screen on does the clock run."""
    clinic.reports(SATO)
    clinic.wait(4)
    clinic.photographs(SATO)

    assert "step_reminder" not in [o.name for o in clinic.wait(4) if o.to == f"phone:{SATO}"]
    assert "step_reminder" in [o.name for o in clinic.wait(1) if o.to == f"phone:{SATO}"]


def test_a_step_that_does_not_apply_is_passed_over(clinic: Clinic) -> None:
    """With no sheets issued nobody is asked how many remain; what is unknown would be asked."""
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    outcome = clinic.writes(SUZUKI, "0", to_step=True)

    assert TrackStarted("entry", "end", ("remaining",)) in outcome.events


SEARCH = """
tracks:
  looking:
    title: {ja: 探す, en: Look}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      look:
        ask: {ja: 見つかりましたか。, en: Found?}
        takes: choice
        choices: {found: {ja: はい, en: 'Yes', sets: {found: yes}}, not_yet: {ja: まだ, en: Not yet, to: look}}
        source: own
  locking:
    title: {ja: 止める, en: Lock}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: nurse
    steps:
      lock: {ask: {ja: 鍵をかけてください。, en: Lock it.}, when: found != yes, takes: text, otherwise: tell, source: own}
      wipe: {ask: {ja: 消してください。, en: Erase it.}, when: found != yes, source: own}
      tell: {ask: {ja: 伝えてください。, en: Tell them.}, source: own}
  calling:
    title: {ja: 電話, en: Call}
    stage: first_response
    urgency: 3
    help: vendor:ehr
    role: reporter
    steps:
      call: {ask: {ja: 電話してください。, en: Call.}, when: found != yes, source: own}
"""


def test_what_became_moot_leaves_the_screen_at_once() -> None:
    """It is found: nobody locks it any more, what waited for nobody is over too, and each track goes on where it still matters."""
    clinic = Clinic(playbook_of(SEARCH)).found()
    clinic.reports(SATO)
    clinic.answers(SUZUKI)  # the bot waits for what she did
    assert clinic.run.asking[SUZUKI].what == "text"
    clinic.answers(SATO, "choice:found")

    assert "step_released" in clinic.told_to(SUZUKI)
    assert (clinic.screens(), clinic.run.asking) == ({SUZUKI: "tell"}, {})
    assert clinic.run.tracks["calling"].step == "end"
    assert [o for o in clinic.run.answered if o[0] == "calling"] == []
    assert state_of(replayed(clinic.journal).runs()[-1]) == state_of(clinic.run)


def test_an_answer_can_start_a_track(clinic: Clinic) -> None:
    """Sheets were used: the later entry begins, as soon as reception is free."""
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "12", to_step=True)

    assert clinic.run.tracks["entry"].step == "remaining"
    assert clinic.run.facts["sheets_issued"] == "12"


def test_a_step_for_another_kind_of_facility_is_passed_over() -> None:
    """What concerns pharmacies alone is never shown in a clinic."""
    after = "      two:\n        ask: {ja: 次。, en: Next.}\n        source: own\n"
    clinic = Clinic(one_step("facilities: [pharmacy]", after=after)).found()
    clinic.reports(SATO)

    assert clinic.screens() == {SATO: "two"}


def test_a_fact_learned_later_starts_a_track() -> None:
    """A track whose condition was certainly false begins when it no longer is."""
    track = """
facts: {leak: none}
tracks:
  leak:
    title: {ja: 漏えい, en: Leak}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    when: leak != none
    steps:
      it: {ask: {ja: 調べる。, en: Look.}, source: own}
  other:
    title: {ja: 例, en: Example}
    stage: first_response
    urgency: 2
    help: vendor:ehr
    role: nurse
    steps:
      it: {ask: {ja: 見る。, en: See.}, source: own, answers: {done: {sets: {leak: none}}}}
"""
    clinic = Clinic(playbook_of(track)).found()
    clinic.reports(SATO)
    assert "leak" not in clinic.run.tracks

    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, {"leak": "suspected"}))

    assert clinic.run.tracks["leak"].open
    assert SATO in clinic.screens()


# Answers


def test_the_buttons_are_the_legal_moves(clinic: Clinic) -> None:
    """Every shown answer is taken, every other refused; 「わからない」 is always the last among them."""
    clinic.reports(SATO)
    assert clinic.buttons(SATO) == ("cannot", "unsure")
    assert clinic.buttons(SUZUKI) == ("done", "unsure")

    assert clinic.refused(SUZUKI, AnswerStep(clinic.run.id, clinic.screen(SUZUKI).turn, "yes")).name == "not_now"


def test_unsure_gives_somebody_to_call_and_stays(clinic: Clinic) -> None:
    """The person gets a contact, the step stays on their screen and is not settled."""
    clinic.reports(SATO)
    outcome = clinic.answers(SATO, "unsure")

    assert outcome.events == (HelpGiven(clinic.screen(SATO).turn, "vendor:network"),)
    assert [o.message.facts["call"] for o in clinic.told if o.name == "help"] == ["vendor:network"]
    assert clinic.screen(SATO).step == "picture"


def test_a_reason_is_asked_for(clinic: Clinic) -> None:
    """「できません」 here needs a reason: it is asked for, and the next text is it."""
    clinic.reports(SATO)
    assert happened(clinic.answers(SATO, "cannot")) == ["asked"]
    assert clinic.told_to(SATO) == ["asking"]
    assert clinic.screen(SATO).step == "picture"

    clinic.writes(SATO, "画面が消えています")

    done = clinic.run.answered["containment", "picture"]
    assert (done.answer, done.reason, done.settles) == ("cannot", "画面が消えています", False)
    assert clinic.screen(SATO).step == "unplug"


def test_a_reason_given_at_once_is_not_asked_again(clinic: Clinic) -> None:
    """With the reason in hand the answer stands at once."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot", reason="スマホがない")

    assert clinic.screen(SATO).step == "unplug"


def test_a_question_can_be_dropped(clinic: Clinic) -> None:
    """[やめる]: the next text is a note again, and the step stays open."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")
    clinic.act(SATO, DropQuestion(clinic.run.id))
    assert clinic.told_to(SATO) == ["dropped"]

    clinic.writes(SATO, "画面が消えています")

    assert [n.text for n in clinic.run.notes.values()] == ["画面が消えています"]
    assert clinic.screen(SATO).step == "picture"


def test_a_stale_button_says_who_did_it_and_when(clinic: Clinic) -> None:
    """The same step tapped again: the name and the time, and nothing happens."""
    clinic.reports(SATO)
    shown = clinic.screen(SUZUKI)
    clinic.wait(2)
    clinic.answers(SUZUKI)

    stale = clinic.refused(SUZUKI, AnswerStep(clinic.run.id, shown.turn, "done"))

    assert (stale.name, stale.data["member"], stale.data["answer"]) == ("already_done", SUZUKI, "done")
    assert stale.data["at"] == "2027-04-01T00:02:00+00:00"


def test_a_step_that_went_on_says_who_has_it_now(clinic: Clinic) -> None:
    """Released and taken by the deputy: the old screen names the deputy."""
    clinic.reports(SATO)
    shown = clinic.screen(SATO)
    clinic.confirms(TANAKA)
    clinic.wait(10)
    assert clinic.run.shown[shown.turn].released

    late = clinic.refused(SATO, AnswerStep(clinic.run.id, shown.turn, "done"))

    assert (late.name, late.data["member"]) == ("already_taken", TANAKA)


def test_a_step_belongs_to_its_owner_and_to_who_decides(clinic: Clinic) -> None:
    """Another's screen isn't mine, unless I decide; then the log names both of us."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    order = AnswerStep(clinic.run.id, clinic.screen(SUZUKI).turn, "done")
    assert clinic.refused(SATO, order).name == "not_yours"

    clinic.act(TAKAHASHI, order)

    done = clinic.run.answered["care", "paper"]
    assert (done.by, done.member) == (TAKAHASHI, SUZUKI)


def test_a_button_of_no_step_is_stale(clinic: Clinic) -> None:
    """A turn that showed nothing is nobody's step."""
    clinic.reports(SATO)

    assert clinic.refused(SATO, AnswerStep(clinic.run.id, 1, "done")).name == "stale"


# What a step takes


def test_a_photo_is_required_where_evidence_is(clinic: Clinic) -> None:
    """No [できました] without a photo; the photo itself answers and stands as evidence."""
    clinic.reports(SATO)
    assert clinic.refused(SATO, AnswerStep(clinic.run.id, clinic.screen(SATO).turn, "done")).name == "needs_photo"

    outcome = clinic.photographs(SATO)

    turn = outcome.entries[0].turn
    assert clinic.run.answered["containment", "picture"].given["evidence"] == turn
    assert clinic.run.evidence[turn].media == "photo"


@pytest.mark.parametrize(
    ("takes", "more", "told"), [("photo", "", True), ("photo", "more", False), ("nothing", "", False)]
)
def test_that_a_photo_came_is_said_where_no_next_step_says_so(takes: str, more: str, told: bool) -> None:
    """After the last step alone; and of what was no photo, never."""
    after = "      more:\n        ask: {ja: 次。, en: Next.}\n        source: own\n" if more else ""
    clinic = Clinic(one_step(f"takes: {takes}", after=after)).found()
    clinic.reports(SATO)
    clinic.photographs(SATO) if takes == "photo" else clinic.answers(SATO)

    assert ("photo_taken" in clinic.told_to(SATO)) is told


def test_a_welcome_photo_may_be_left_out() -> None:
    """With `evidence: welcome` there is [できました] as well, and a photo does it too."""
    clinic = Clinic(one_step("takes: photo\nevidence: welcome")).found()
    clinic.reports(SATO)
    assert "done" in clinic.buttons(SATO)

    clinic.answers(SATO)

    assert clinic.run.answered["only", "it"].given == {}


def test_a_text_is_no_photo(clinic: Clinic) -> None:
    """A step that takes a photo is not answered by words, however they arrive."""
    clinic.reports(SATO)

    refusal = clinic.refused(SATO, Write(clinic.run.id, "撮りました", clinic.screen(SATO).turn))

    assert refusal.name == "needs_photo"


@pytest.mark.parametrize(
    "takes", ["text", "number\nvalue: count", "time\nvalue: since", "contact\ncontact: vendor:ehr"]
)
def test_a_photo_is_no_text(takes: str) -> None:
    """A step that takes words is not answered by a photo; sent to the run, the photo is kept and the step stays."""
    clinic = Clinic(one_step(f"takes: {takes}")).found()
    clinic.reports(SATO)
    step = clinic.screen(SATO).turn
    assert clinic.refused(SATO, HandIn(clinic.run.id, "phone:1", "photo", shown=step)).name == "needs_text"

    clinic.photographs(SATO, to_step=False)

    assert len(clinic.run.evidence) == 1
    assert clinic.screen(SATO).turn == step


@pytest.mark.parametrize(
    ("takes", "said", "kept"),
    [
        ("text", "受付の2台", {"value": "受付の2台", "text": "受付の2台"}),
        ("number\nvalue: count", "１２枚", {"value": 12, "text": "１２枚"}),
        ("number\nvalue: count", "1,200", {"value": 1200, "text": "1,200"}),
        ("time\nvalue: since", "8:40", {"value": "2027-04-01T08:40:00+09:00", "text": "8:40"}),
        (
            "contact\ncontact: vendor:ehr",
            "山田さん、10:30までに折り返し",
            {"promised": "山田さん、10:30までに折り返し", "until": "2027-04-01T10:30:00+09:00"},
        ),
        ("contact\ncontact: vendor:ehr", "つながった", {"promised": "つながった", "until": None}),
    ],
)
def test_words_answer_a_step(takes: str, said: str, kept: dict[str, object]) -> None:
    """A text, a number, a time, or who was reached and what was promised until when."""
    clinic = Clinic(one_step(f"takes: {takes}")).found()
    clinic.reports(SATO)

    clinic.writes(SATO, said, to_step=True)

    assert clinic.run.answered["only", "it"].given == kept
    assert clinic.run.facts.get("count", str(kept.get("value"))) == str(kept.get("value"))


@pytest.mark.parametrize(
    ("takes", "name"), [("number\nvalue: count", "needs_number"), ("time\nvalue: since", "needs_time")]
)
def test_words_that_do_not_fit_are_sent_back(takes: str, name: str) -> None:
    """No number, no time: the person hears what is expected and what was read; the step waits."""
    clinic = Clinic(one_step(f"takes: {takes}")).found()
    clinic.reports(SATO)

    refusal = clinic.refused(SATO, Write(clinic.run.id, "たくさん", clinic.screen(SATO).turn))

    assert (refusal.name, refusal.data["text"]) == (name, "たくさん")


def test_done_without_the_words_asks_for_them() -> None:
    """[できました] on a step that takes words asks for them, and the next text is the answer."""
    clinic = Clinic(one_step("takes: number\nvalue: count")).found()
    clinic.reports(SATO)
    assert happened(clinic.answers(SATO)) == ["asked"]

    clinic.writes(SATO, "3")

    assert clinic.run.facts["count"] == "3"


def test_words_and_a_reason_both() -> None:
    """A step that takes words and wants a reason asks for the one after the other, and forgets neither."""
    clinic = Clinic(one_step("takes: text\nanswers: {done: {reason: required}}")).found()
    clinic.reports(SATO)
    clinic.writes(SATO, "受付の2台", to_step=True)
    assert clinic.run.asking[SATO].what == "reason"

    clinic.writes(SATO, "近くにあったから")

    done = clinic.run.answered["only", "it"]
    assert (done.given["text"], done.reason) == ("受付の2台", "近くにあったから")


def test_a_photo_and_a_reason_both() -> None:
    """The same with a photo: it is kept, the reason is asked for, and both stand in the answer."""
    clinic = Clinic(one_step("takes: photo\nanswers: {done: {reason: required}}")).found()
    clinic.reports(SATO)
    clinic.photographs(SATO)
    clinic.writes(SATO, "これだけ残っていた")

    done = clinic.run.answered["only", "it"]
    assert (done.given["evidence"] in clinic.run.evidence, done.reason) == (True, "これだけ残っていた")


def test_a_choice_is_taken_by_its_button() -> None:
    """Each choice is a move of its own, sets its facts and leads where it says."""
    choices = "takes: choice\nchoices:\n  a: {ja: はい, en: A, sets: {leak: suspected}}\n  b: {ja: いいえ, en: B, sets: {leak: none}}"
    clinic = Clinic(one_step(choices)).found()
    clinic.reports(SATO)
    assert clinic.buttons(SATO) == ("choice:a", "choice:b", "unsure")

    clinic.answers(SATO, "choice:b")

    assert clinic.run.facts["leak"] == "none"
    assert clinic.run.answered["only", "it"].given == {"choice": "b"}


CHECKLIST = "takes: checklist\nchoices:\n  a: {ja: 甲, en: A, sets: {leak: suspected}}\n  b: {ja: 乙, en: B, sets: {loss: suspected}}"


def test_a_checklist_is_ticked_item_by_item() -> None:
    """Ticks are kept one by one and can be taken away; what is ticked at the end stands in the answer and sets its facts."""
    clinic = Clinic(one_step(CHECKLIST)).found()
    clinic.reports(SATO)
    shown = clinic.screen(SATO).turn
    for item in ("a", "b", "a"):
        clinic.act(SATO, TickItem(clinic.run.id, shown, item))
        assert [(o.name, o.edits) for o in clinic.told if o.name == "step"] == [("step", True)]

    clinic.answers(SATO)

    assert clinic.run.answered["only", "it"].given == {"ticked": ["b"]}
    assert (clinic.run.facts.get("leak"), clinic.run.facts["loss"]) == (None, "suspected")


def test_an_empty_checklist_is_not_done() -> None:
    """Nothing ticked: [できました] isn't there, and tapped on an old screen it is refused."""
    clinic = Clinic(one_step(CHECKLIST)).found()
    clinic.reports(SATO)

    assert "done" not in clinic.buttons(SATO)
    refusal = clinic.refused(SATO, AnswerStep(clinic.run.id, clinic.screen(SATO).turn, "done"))
    assert refusal.name == "needs_checklist"


def test_only_items_of_the_list_are_ticked() -> None:
    """What the list doesn't hold can't be ticked."""
    clinic = Clinic(one_step(CHECKLIST)).found()
    clinic.reports(SATO)

    assert clinic.refused(SATO, TickItem(clinic.run.id, clinic.screen(SATO).turn, "z")).name == "not_now"


def test_a_sign_off_is_the_directors() -> None:
    """A step to sign goes to whoever decides; until somebody does it waits, and nobody else may claim it."""
    clinic = Clinic(one_step("takes: sign_off", role="director")).found()
    clinic.reports(SATO)
    assert clinic.screens() == {}
    assert clinic.refused(SUZUKI, Claim(clinic.run.id, "only")).name == "commander_only"

    clinic.confirms(TAKAHASHI)
    clinic.answers(TAKAHASHI)

    assert clinic.run.answered["only", "it"].by == TAKAHASHI


def test_a_decision_step_records_who_and_why(clinic: Clinic) -> None:
    """The choice is tapped, the reason asked for, and the decision stands with both."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.answers(TAKAHASHI, "choice:halt")
    assert clinic.run.decisions == {}

    clinic.writes(TAKAHASHI, "広がるのを防ぐため")

    (made,) = clinic.run.decisions.values()
    assert (made.decision, made.choice, made.reason, made.by, made.provisional) == (
        "stop_systems",
        "halt",
        "広がるのを防ぐため",
        TAKAHASHI,
        False,
    )
    assert TAKAHASHI in clinic.got("decided")


def test_a_nurses_answer_to_a_decision_is_provisional() -> None:
    """A decision step answered by who took command because nobody of the chain was there waits for ratification."""
    clinic = Clinic(
        one_step("takes: choice\ndecision: power_off\nchoices: {now: {ja: 切る, en: Off}}", role="commander")
    ).found()
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.answers(SUZUKI, "choice:now", reason="煙が出ている")

    (made,) = clinic.run.decisions.values()
    assert (made.by, made.provisional) == (SUZUKI, True)
    assert set(clinic.got("ratify_ask")) == {TAKAHASHI, TANAKA}


def test_a_released_step_asks_for_nothing(clinic: Clinic) -> None:
    """Asked for a reason, silent, released: what the person writes later is a note, not the answer to a lost step."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")
    clinic.wait(10)
    assert clinic.run.asking == {}

    clinic.writes(SATO, "戻りました")

    assert [n.text for n in clinic.run.notes.values()] == ["戻りました"]


def test_a_step_of_whoever_decides_is_offered_to_nobody_else(clinic: Clinic) -> None:
    """When it is left, those who could not claim it are not told that it waits."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, Acknowledge(clinic.run.id))
    clinic.act(TANAKA, Acknowledge(clinic.run.id))
    shown = clinic.run.open_step_of(TAKAHASHI)
    assert shown is not None
    assert shown.track == "command"
    clinic.act(CLOCK, ReleaseStep(clinic.run.id, shown.turn, "unreachable"))

    assert clinic.got("step_waiting") == []


# Another playbook


def test_handing_over_keeps_the_log() -> None:
    """「実は…」: another playbook goes on; what was written stays, a track that is the same keeps its place."""
    first = one_step("answers: {worse: {label: {ja: 大事, en: Worse}, hands_over: trouble}}", name="small")
    clinic = Clinic(first, playbook_of(TROUBLE)).found()
    clinic.reports(SATO, playbook="small")
    clinic.writes(SATO, "さっきから変")
    before = clinic.run.turns

    clinic.answers(SATO, "worse")

    assert clinic.run.playbook == clinic.playbooks["trouble"]
    assert clinic.run.turns > before
    assert [n.text for n in clinic.run.notes.values()] == ["さっきから変"]
    assert clinic.run.answered["only", "it"].answer == "worse"
    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper"}
    assert clinic.got("handed_over") == []  # nobody else follows it: who answered reads so in the place of their answer
    assert clinic.run.text_of("only", "it").ask.en == "Do it."


def test_handing_over_to_nowhere_is_refused() -> None:
    """A playbook that isn't there can't be followed; the step stays."""
    clinic = Clinic(one_step("answers: {worse: {label: {ja: 大事, en: Worse}, hands_over: nowhere}}")).found()
    clinic.reports(SATO)

    order = AnswerStep(clinic.run.id, clinic.screen(SATO).turn, "worse")
    assert clinic.refused(SATO, order).name == "unknown_playbook"


def test_a_track_that_is_the_same_goes_on_after_a_hand_over(clinic: Clinic) -> None:
    """What is done in a track that both playbooks share stays done, and whoever is at it isn't disturbed."""
    text = TROUBLE.replace(
        "        answers: {cannot: {}}", "        answers: {cannot: {reason: none, hands_over: other}}"
    )
    other = playbook_of(TROUBLE, "other")
    clinic = Clinic(playbook_of(text), other).found()
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    shown = clinic.screen(SUZUKI)
    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))

    clinic.answers(TANAKA, "cannot")

    assert clinic.run.playbook == other
    assert clinic.screen(SUZUKI) == shown
    assert ("care", "paper") in clinic.run.answered
    assert ("vendors", "call") not in clinic.run.answered
