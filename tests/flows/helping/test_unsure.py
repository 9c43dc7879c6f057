"""「わからない」 never passes over in silence: somebody comes, or the step stays undone by name, and whoever leads knows."""

from __future__ import annotations

import pytest

from flows.commands.helping import CallHelp, GoHelp, LeaveUndone, MakeUp
from flows.commands.people import TakeCommand, TellPresence
from flows.events.calling import Acknowledged
from flows.events.helping import HelpCalled, HelpComing
from flows.helping.unsure import can_leave, undone, who_can_come
from flows.powers import may
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, happened, playbook_of

TRACK = """
tracks:
  containment:
    title: {ja: 広がりを止める, en: Stop it}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: reporter
    steps:
      unplug:
        ask: {ja: 線を抜いてください。, en: Pull the cable.}
        answers: {cannot: {reason: none}, unsure: {to: backups}}
        source: own
      backups:
        ask: {ja: ディスクを外してください。, en: Unplug the disk.}
        answers: {unsure: {to: end, settles: true}}
        source: own
"""


@pytest.fixture
def clinic() -> Clinic:
    """Reception has reported, and is to pull a cable."""
    clinic = Clinic(playbook_of(TRACK)).found()
    clinic.reports(SATO)
    return clinic


def unsure(clinic: Clinic) -> int:
    """Let reception not know what the cable is; gives the turn of their step."""
    clinic.answers(SATO, "unsure")
    return clinic.screen(SATO).turn


def edited(clinic: Clinic, name: str) -> set[str]:
    """Give whose message of this name was changed in place by the last act."""
    return {o.to.removeprefix("phone:") for o in clinic.told if o.name == name and o.edits}


def called(clinic: Clinic) -> int:
    """Let reception call for help; gives the turn of the call."""
    shown = unsure(clinic)
    clinic.act(SATO, CallHelp(clinic.run.id, shown))
    return max(clinic.run.help_calls)


def test_not_knowing_does_not_lead_on(clinic: Clinic) -> None:
    """Even where the playbook says what would be next: the step stays until somebody did it or said that it stays undone."""
    unsure(clinic)

    assert clinic.screen(SATO).step == "unplug"
    assert "help" in clinic.told_to(SATO)


def test_an_answer_that_settles_goes_on(clinic: Clinic) -> None:
    """Where not knowing is as good an answer as any, the author says so, and the track goes on as before."""
    clinic.answers(SATO)
    clinic.answers(SATO, "unsure")

    assert not clinic.run.tracks["containment"].open
    assert undone(clinic.run, clinic.context(TAKAHASHI)) == []


@pytest.mark.parametrize("order", [CallHelp, LeaveUndone])
def test_whoever_has_not_the_step_neither_calls_for_it_nor_leaves_it(
    clinic: Clinic, order: type[CallHelp | LeaveUndone]
) -> None:
    """The nurse is told whose it is; whoever has it may, and so may whoever leads."""
    shown = unsure(clinic)
    refusal = clinic.refused(SUZUKI, order(clinic.run.id, shown))
    assert (refusal.name, refusal.data["member"]) == ("not_yours", SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))

    assert may(order(clinic.run.id, shown), clinic.context(SATO), clinic.run)
    assert may(order(clinic.run.id, shown), clinic.context(TANAKA), clinic.run)


def test_those_in_the_house_are_asked_to_come(clinic: Clinic) -> None:
    """All but whoever calls; they read it before anything else, and the caller reads that they were told."""
    shown = unsure(clinic)
    outcome = clinic.act(SATO, CallHelp(clinic.run.id, shown))

    assert outcome.events == (HelpCalled(shown, SATO, (TAKAHASHI, TANAKA, SUZUKI)),)
    assert set(clinic.got("help_wanted")) == {TAKAHASHI, TANAKA, SUZUKI}
    assert clinic.told_to(SATO) == ["help_called_out"]
    assert clinic.refused(SATO, CallHelp(clinic.run.id, shown)).name == "already_called"


def test_the_first_tap_goes(clinic: Clinic) -> None:
    """The caller reads who comes, whoever goes what it is about, the others that they needn't; a second tap is told so."""
    of = called(clinic)
    outcome = clinic.act(SUZUKI, GoHelp(clinic.run.id, of))

    assert outcome.events == (HelpComing(of, SUZUKI), Acknowledged(SUZUKI))
    assert clinic.told_to(SATO) == ["help_on_its_way"]
    assert "go_there" in clinic.told_to(SUZUKI)
    assert all(o.edits for o in clinic.told if o.name == "help_wanted")
    refused = clinic.refused(TANAKA, GoHelp(clinic.run.id, of))
    assert (refused.name, refused.data) == ("somebody_goes", {"member": SUZUKI})


def test_nobody_goes_to_what_is_done(clinic: Clinic) -> None:
    """The step done meanwhile, those who were asked read that they needn't go."""
    of = called(clinic)
    clinic.answers(SATO)

    assert edited(clinic, "help_wanted") == {TAKAHASHI, TANAKA, SUZUKI}
    assert clinic.refused(SUZUKI, GoHelp(clinic.run.id, of)).name == "somebody_goes"


def test_what_stays_undone_stands_by_name(clinic: Clinic) -> None:
    """It is said aloud, the track goes on, whoever leads reads it at once, and it stands in the list with who left it."""
    shown = unsure(clinic)
    clinic.act(SATO, LeaveUndone(clinic.run.id, shown))

    assert clinic.screen(SATO).step == "backups"
    assert "left_as_it_is" in clinic.told_to(SATO)
    assert set(clinic.got("stays_undone")) == {TAKAHASHI, TANAKA}
    (left,) = undone(clinic.run, clinic.context(TAKAHASHI))
    assert (left.track, left.step, left.answered.by) == ("containment", "unplug", SATO)


def test_what_could_not_be_done_is_told_as_well(clinic: Clinic) -> None:
    """「できません」 passes over no more silently than 「わからない」."""
    clinic.answers(SATO, "cannot")

    assert set(clinic.got("stays_undone")) == {TAKAHASHI, TANAKA}
    assert "left_as_it_is" not in clinic.told_to(SATO)


def test_nothing_is_left_before_it_was_asked_about(clinic: Clinic) -> None:
    """The way on opens after 「わからない」, not before."""
    shown = clinic.screen(SATO)

    assert not can_leave(clinic.run, shown)
    assert clinic.refused(SATO, LeaveUndone(clinic.run.id, shown.turn)).name == "stale"


def test_it_may_be_done_after_all(clinic: Clinic) -> None:
    """Whoever did it says so: it is undone no more, and the message to those who lead is changed."""
    clinic.act(SATO, LeaveUndone(clinic.run.id, unsure(clinic)))
    outcome = clinic.act(TANAKA, MakeUp(clinic.run.id, "containment", "unplug"))

    assert happened(outcome) == ["made_up"]
    assert undone(clinic.run, clinic.context(TAKAHASHI)) == []
    assert clinic.run.answered["containment", "unplug"].settles
    assert edited(clinic, "stays_undone") == {TAKAHASHI, TANAKA}
    assert clinic.refused(TANAKA, MakeUp(clinic.run.id, "containment", "unplug")).name == "stale"


def test_what_is_done_after_all_tells_what_doing_it_tells() -> None:
    """The cable is out: that is known now, as if it had been answered at once; of a step that tells nothing, nothing is."""
    told = TRACK.replace("{cannot: {reason: none}, unsure", "{done: {sets: {leak: ruled_out}}, cannot: {}, unsure", 1)
    for text, known in ((told, "ruled_out"), (TRACK, None)):
        clinic = Clinic(playbook_of(text)).found()
        clinic.reports(SATO)
        clinic.act(SATO, LeaveUndone(clinic.run.id, unsure(clinic)))
        assert clinic.run.facts.get("leak") is None
        clinic.act(TANAKA, MakeUp(clinic.run.id, "containment", "unplug"))
        assert clinic.run.facts.get("leak") == known


def test_a_number_that_nobody_entered_is_told_once(clinic: Clinic) -> None:
    """Those who lead see the gap the first time somebody needs it."""
    unsure(clinic)
    assert set(clinic.got("number_missing")) == {TAKAHASHI, TANAKA}
    unsure(clinic)

    assert clinic.got("number_missing") == []


def test_nobody_is_asked_for_a_number_for_what_is_on_ones_own_phone() -> None:
    """Whoever doesn't know where its Wi-Fi is shown the picture; those who lead read of no gap."""
    clinic = Clinic(
        playbook_of(
            TRACK.replace(
                "        answers: {cannot: {reason: none}, unsure",
                "        picture: phone_wifi\n        answers: {cannot: {reason: none}, unsure",
            )
        )
    ).found()
    clinic.reports(SATO)
    unsure(clinic)

    assert clinic.got("number_missing") == []


def test_a_delicate_matter_is_told_to_nobody() -> None:
    """Where only those who decide may know of it, nobody is asked to come."""
    clinic = Clinic(playbook_of("calls: deciders\n" + TRACK)).found()
    clinic.reports(SATO)

    assert who_can_come(clinic.run, clinic.context(SATO), SATO) == ()


def test_whoever_is_with_a_patient_is_spared(clinic: Clinic) -> None:
    """Those who said that they are with a patient, or outside, are not asked to come."""
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "with_patient"))
    clinic.act(TANAKA, TellPresence(clinic.run.id, "away"))

    assert who_can_come(clinic.run, clinic.context(SATO), SATO) == (TAKAHASHI,)
