"""What people want of each other: who has it, who is asked next, what comes back, and what a text alone never does."""

from __future__ import annotations

import pytest

from contacts.model import Contact
from flows.commands.clock import PassPleaOn
from flows.commands.people import AnswerPlea, ConfirmDeed, Plead, RaiseNote, SeePlea, TakeCommand, Write
from flows.listening.pleas import doubted, is_gap
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, entering
from tests.library import shipped_catalogue


def pleads(clinic: Clinic, by: str, *wants: str, text: str = "電源は切りますか", **about: object) -> int:
    """Let somebody want something; gives the turn of their note."""
    clinic.act(by, Plead(clinic.run.id, text, wants, about))
    return max(clinic.run.pleas)


def led(clinic: Clinic) -> Clinic:
    """Report something, and let the director take charge."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    return clinic


def test_a_question_goes_to_whoever_leads_and_comes_back_answered(clinic: Clinic) -> None:
    """The asker reads who has it, then the answer; it is kept as a note, too."""
    of = pleads(led(clinic), SUZUKI, "question")
    assert (clinic.run.pleas[of].to, clinic.run.notes[of].text) == ((TAKAHASHI,), "電源は切りますか")
    assert "plea_raised" in clinic.told_to(TAKAHASHI)
    assert "plea_kept" in clinic.told_to(SUZUKI)
    assert "note_kept" not in clinic.told_to(SUZUKI)

    clinic.act(TAKAHASHI, AnswerPlea(clinic.run.id, of))
    clinic.act(TAKAHASHI, Write(clinic.run.id, "切らないで"))
    answered = clinic.run.pleas[of].answered
    assert answered is not None
    assert (answered[0], answered[2]) == (TAKAHASHI, "切らないで")
    assert "plea_settled" in clinic.told_to(SUZUKI)
    assert clinic.refused(TAKAHASHI, SeePlea(clinic.run.id, of)).name == "plea_answered"


def test_an_answer_that_comes_with_the_tap_is_the_answer(clinic: Clinic) -> None:
    """Whoever writes it as they tap is asked for nothing more."""
    of = pleads(led(clinic), SUZUKI, "question")
    clinic.act(TAKAHASHI, AnswerPlea(clinic.run.id, of, "切らないで"))

    answered = clinic.run.pleas[of].answered
    assert answered is not None
    assert (answered[0], answered[2], clinic.run.asking) == (TAKAHASHI, "切らないで", {})


def test_only_what_says_so_doubts_an_answer(clinic: Clinic) -> None:
    """A question that waits casts doubt on nothing; that something isn't done does, until somebody answers it."""
    led(clinic)
    pleads(clinic, SUZUKI, "question")
    assert doubted(clinic.run) == frozenset()
    of = pleads(clinic, SUZUKI, "not_done", text="抜けていません", answered=7)
    assert doubted(clinic.run) == {7}
    clinic.act(TAKAHASHI, AnswerPlea(clinic.run.id, of, "抜きました"))
    assert doubted(clinic.run) == frozenset()


def test_an_order_for_nobody_by_name_is_not_passed_on(clinic: Clinic) -> None:
    """Its writer may tell everybody with one tap; whoever leads isn't asked for it."""
    of = pleads(led(clinic), SUZUKI, "order", text="印刷しておいて")
    assert "plea_raised" not in clinic.got("plea_raised") + clinic.told_to(TAKAHASHI)
    assert of not in clinic.run.pleas or not clinic.run.pleas[of].to


def test_a_question_that_nobody_answers_goes_on_to_everybody(clinic: Clinic) -> None:
    """After three minutes the deputy has it, too, then all the others; then there is nobody left, and that is said."""
    of = pleads(led(clinic), SUZUKI, "question")
    had = [clinic.run.pleas[of].to]
    for _ in range(3):
        clinic.wait(3)
        had.append(clinic.run.pleas[of].to)

    assert had == [(TAKAHASHI,), (TAKAHASHI, TANAKA), (TAKAHASHI, TANAKA, SATO), (TAKAHASHI, TANAKA, SATO)]
    assert clinic.run.pleas[of].to_all


@pytest.mark.parametrize("want", ["second_machine", "worse", "money_paid", "found", "solved", "other_thing"])
def test_what_whoever_leads_must_know_settles_nothing_by_itself(clinic: Clinic, want: str) -> None:
    """They read it at once; tracks, steps and the incident stay as they are."""
    led(clinic)
    before = (clinic.run.state, dict(clinic.run.tracks), dict(clinic.run.answered), clinic.run.commander)
    of = pleads(clinic, SUZUKI, want, text="なおりました")

    assert clinic.run.pleas[of].to == (TAKAHASHI,)
    assert (clinic.run.state, dict(clinic.run.tracks), dict(clinic.run.answered), clinic.run.commander) == before


def test_nobody_reached_asks_two_at_once(clinic: Clinic) -> None:
    """Whoever leads is told, the next one is asked in the same moment; where nobody leads yet, to take charge, too."""
    clinic.reports(SATO)
    of = pleads(clinic, SATO, "nobody_reached", reference="role:director", text="院長がつかまりません")

    assert clinic.run.pleas[of].to == (TAKAHASHI, TANAKA)
    assert list(clinic.run.asked_to_command) == [TAKAHASHI, TANAKA]
    assert clinic.run.commander is None


def test_all_who_could_lead_are_silent(clinic: Clinic) -> None:
    """「院長も田中さんも出ません」 asks everybody else in the same moment, to take charge, too."""
    clinic.reports(SATO)
    of = pleads(clinic, SATO, "nobody_reached", silent=[TAKAHASHI, TANAKA], text="院長も田中さんも出ません")

    assert clinic.run.pleas[of].to == (TAKAHASHI, TANAKA, SUZUKI)
    assert clinic.got("plea_raised") == [TAKAHASHI, TANAKA, SUZUKI]
    assert "command_open" in clinic.told_to(SUZUKI)
    assert clinic.run.commander is None


def test_a_deputy_who_is_silent_passes_no_director_over(clinic: Clinic) -> None:
    """The director was asked to lead and may still answer: nobody is asked in their place."""
    clinic.reports(SATO)
    pleads(clinic, SATO, "nobody_reached", silent=[TANAKA], text="田中さんが出ません")
    assert list(clinic.run.asked_to_command) == [TAKAHASHI]


def test_a_number_that_nobody_entered_is_seen_by_whoever_leads(clinic: Clinic) -> None:
    """The asker gets the card at once, the gap goes to the one who can close it."""
    of = pleads(led(clinic), SUZUKI, "number", reference="vendor:lab")

    assert clinic.run.pleas[of].to == (TAKAHASHI,)
    assert "number_told" in clinic.told_to(SUZUKI)
    assert not is_gap({"reference": "role:director"}, clinic.context(SUZUKI))


def test_a_number_for_the_night_is_no_gap(clinic: Clinic) -> None:
    """Whoever can be called at any hour has a number."""
    clinic.act(
        TAKAHASHI,
        entering(Contact(id="l", kind="vendor", services=("lab",), name="検査社", night_number="03-1234-5678")),
    )

    assert not is_gap({"reference": "vendor:lab"}, clinic.context(SUZUKI))


def test_who_is_said_to_have_done_it_says_so_themselves(clinic: Clinic) -> None:
    """「田中さんが抜いてくれました」: he is asked which, and the step stays open until its owner settles it."""
    of = pleads(led(clinic), SATO, "done", who=TANAKA, text="田中さんがもう抜いてくれました")
    assert "deed_asked" in clinic.told_to(TANAKA)
    assert clinic.refused(SUZUKI, ConfirmDeed(clinic.run.id, of, "yes")).name == "stale"

    clinic.act(TANAKA, ConfirmDeed(clinic.run.id, of, "yes"))
    clinic.act(TANAKA, Write(clinic.run.id, "受付のパソコンの線"))
    assert "deed_told" in clinic.told_to(SATO)
    assert clinic.run.answered == {}


def test_a_note_becomes_a_question_by_one_tap(clinic: Clinic) -> None:
    """Once, and of its writer's own."""
    led(clinic)
    clinic.writes(SUZUKI, "電源を切るのか")
    of = max(clinic.run.notes)
    assert clinic.refused(SATO, RaiseNote(clinic.run.id, of)).name == "stale"
    clinic.act(SUZUKI, RaiseNote(clinic.run.id, of))

    assert clinic.run.pleas[of].to == (TAKAHASHI,)
    assert clinic.refused(SUZUKI, RaiseNote(clinic.run.id, of)).name == "stale"


def test_time_alone_passes_on(clinic: Clinic) -> None:
    """Nobody sends a colleague's question around the house by hand."""
    of = pleads(led(clinic), SUZUKI, "question")

    assert clinic.refused(SATO, PassPleaOn(clinic.run.id, of)).name == "not_now"


def test_what_may_want_something_goes_to_whoever_leads_unless_its_writer_says_that_it_is_a_note(clinic: Clinic) -> None:
    """After three minutes, once, and to nobody else; a tap of its writer keeps it a note for good."""
    led(clinic)
    kept = pleads(clinic, SUZUKI, "unclear", text="人手", may_ask=True)
    note = pleads(clinic, SUZUKI, "unclear", text="雨", may_ask=True)
    assert "note_kept" in clinic.told_to(SUZUKI)
    assert clinic.refused(TANAKA, SeePlea(clinic.run.id, note)).name == "stale"
    clinic.act(SUZUKI, SeePlea(clinic.run.id, note))

    clinic.wait(3)
    assert (clinic.run.pleas[kept].to, clinic.run.pleas[note].to) == ((TAKAHASHI,), ())
    clinic.wait(10)
    assert (clinic.run.pleas[kept].to, clinic.run.pleas[kept].to_all) == ((TAKAHASHI,), False)


def test_what_an_older_version_kept_as_unclear_stays_a_note(clinic: Clinic) -> None:
    """Nobody had been told that others would read it."""
    of = pleads(led(clinic), SUZUKI, "unclear", text="人手")
    clinic.wait(10)

    assert clinic.run.pleas[of].to == ()


def test_nobody_is_rung_anew_for_what_is_found() -> None:
    """Whoever lost the device writes that it is there again: who hasn't answered yet is left in peace."""
    rung = {}
    for found in (False, True):
        clinic = Clinic(*shipped_catalogue().playbooks.values()).found()
        clinic.reports(SATO, playbook="lost_device")
        if found:
            pleads(clinic, SATO, "found", text="ありました")
        rung[found] = [o for o in clinic.wait(12) if o.name == "alarm_again"]
    assert rung[False]
    assert not rung[True]
