"""What a text or a photo belongs to."""

from __future__ import annotations

from flows.commands.people import CallOff
from flows.response.placing import Nowhere, Place, Which, place_media, place_text, sounds_like_another_report
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic


def test_without_a_run_it_may_be_a_report(clinic: Clinic) -> None:
    """Nothing is open: nowhere to put it."""
    assert place_text(SATO, clinic.engine.live_runs()) == Nowhere()
    assert place_media(SATO, []) == Nowhere()


def test_a_text_answers_the_one_step_that_takes_it(clinic: Clinic) -> None:
    """The nurse is asked for a number: what she writes is it. Reception is asked for a photo: words are a note."""
    run = clinic.reports(SATO)
    clinic.answers(SUZUKI)

    assert place_text(SUZUKI, [clinic.run]) == Place(run.id, clinic.screen(SUZUKI).turn)
    assert place_text(SATO, [clinic.run]) == Place(run.id)


def test_a_photo_answers_the_one_step_that_takes_it(clinic: Clinic) -> None:
    """Where a photo is due it answers; where a number is due it is evidence of the run."""
    run = clinic.reports(SATO)
    clinic.answers(SUZUKI)

    assert place_media(SATO, [clinic.run]) == Place(run.id, clinic.screen(SATO).turn)
    assert place_media(SUZUKI, [clinic.run]) == Place(run.id)


def test_what_was_asked_for_comes_first(clinic: Clinic) -> None:
    """While a reason is waited for, the text is the reason."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")
    first = clinic.run.id
    clinic.reports(TANAKA, mode="drill")

    assert place_text(SATO, clinic.engine.live_runs()) == Place(first)


def test_a_reply_belongs_to_its_message(clinic: Clinic) -> None:
    """A reply to another message than the step's is a note; a reply in another run goes there."""
    run = clinic.reports(SATO)
    clinic.answers(SUZUKI)
    shown = clinic.screen(SUZUKI).turn

    assert place_text(SUZUKI, [clinic.run], Place(run.id, shown)) == Place(run.id, shown)
    assert place_text(SUZUKI, [clinic.run], Place(run.id, shown - 1)) == Place(run.id)
    drill = clinic.reports(TANAKA, mode="drill")
    assert place_text(SUZUKI, clinic.engine.live_runs(), Place(drill.id)) == Place(drill.id)


def test_a_reply_beats_a_question_of_another_run(clinic: Clinic) -> None:
    """Asked for a reason here, answering a message there: it belongs there."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")
    drill = clinic.reports(TANAKA, mode="drill")

    assert place_text(SATO, clinic.engine.live_runs(), Place(drill.id)) == Place(drill.id)


def test_in_two_runs_it_is_asked(clinic: Clinic) -> None:
    """Two runs and nothing that says which: the bot asks, in the order in which they began."""
    runs = (clinic.reports(SATO).id, clinic.reports(TANAKA, mode="drill").id)

    assert place_text(TAKAHASHI, clinic.engine.live_runs()) == Which(runs)
    assert place_media(TAKAHASHI, clinic.engine.live_runs()) == Which(runs)


def test_a_step_tells_two_runs_apart(clinic: Clinic) -> None:
    """In two runs, a number belongs to the step that takes one."""
    first = clinic.reports(SATO)
    clinic.answers(SUZUKI)
    shown = clinic.screen(SUZUKI).turn
    clinic.reports(TANAKA, mode="drill")

    assert place_text(SUZUKI, clinic.engine.live_runs()) == Place(first.id, shown)


def test_an_ended_run_is_reached_by_a_reply_alone(clinic: Clinic) -> None:
    """What is over takes later facts only where somebody says so."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "誤報"))

    assert place_text(SATO, [clinic.run]) == Nowhere()
    assert place_text(SATO, [clinic.run], Place(clinic.run.id)) == Place(clinic.run.id)


def test_a_second_report_is_recognized(clinic: Clinic) -> None:
    """Somebody who did nothing in it yet says something alarming: [同じ件] [別の件]. Not who is at it already."""
    clinic.reports(SATO)

    assert sounds_like_another_report(TANAKA, clinic.run, is_alarm=True)
    assert not sounds_like_another_report(TANAKA, clinic.run, is_alarm=False)
    assert not sounds_like_another_report(SATO, clinic.run, is_alarm=True)
    assert clinic.run.open_step_of(SUZUKI)
    assert sounds_like_another_report(SUZUKI, clinic.run, is_alarm=True)

    clinic.confirms(TANAKA)
    assert sounds_like_another_report(TANAKA, clinic.run, is_alarm=True)
    clinic.writes(TANAKA, "見に行きます")
    assert not sounds_like_another_report(TANAKA, clinic.run, is_alarm=True)
