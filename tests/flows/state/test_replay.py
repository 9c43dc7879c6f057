"""What each event means for a run."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from flows.events.calling import Acknowledged, CommandLapsed, CommandTaken, Declared, Reported
from flows.events.ending import Aborted
from flows.events.telling import NoteTaken
from flows.events.working import FactsLearned, HandedOver, TrackStarted
from flows.record import codec
from flows.state.replay import apply, replay
from flows.state.run import Run
from flows.state.stamp import Stamp
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of, state_of

NOW = Stamp(1, MORNING, MORNING, SATO)


def at(turn: int, actor: str = SATO) -> Stamp:
    """Give the stamp of a turn, a minute later each."""
    when = MORNING + timedelta(minutes=turn)
    return Stamp(turn, when, when, actor)


def test_a_run_is_its_entries(clinic: Clinic) -> None:
    """Replaying the entries of a run gives the run; what says nothing of its state only counts."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    entries = list(clinic.journal.entries(run=clinic.run.id))
    told = [(codec.decode(e.kind, e.body), Stamp(e.turn, e.recorded_at, e.occurred_at, e.actor)) for e in entries]

    assert state_of(replay(clinic.run.id, told)) == state_of(clinic.run)
    assert replay(clinic.run.id, [*told, (None, at(99))]).turns == 99


def test_the_state_before_is_never_changed() -> None:
    """A copy can be changed without a trace in the original: no container is shared."""
    run = replay("r", [(Reported(SATO, "x"), NOW), (NoteTaken("y"), at(2))])
    before = repr(state_of(run))

    other = run.copy()
    apply(other, NoteTaken("z"), at(3))
    apply(other, Acknowledged(TAKAHASHI), at(4, TAKAHASHI))
    apply(other, FactsLearned({"leak": "confirmed"}), at(5))

    assert repr(state_of(run)) == before


def test_facts_found_out_outlive_a_hand_over() -> None:
    """Another playbook's first facts never undo what people found out; what the first one assumed gives way."""
    first = playbook_of(TROUBLE).model_copy(update={"facts": {"leak": "suspected", "damage": "none"}})
    other = playbook_of(TROUBLE, "other").model_copy(update={"facts": {"leak": "suspected", "damage": "suspected"}})
    run = replay("r", [(Reported(SATO, "x"), NOW), (Declared(first.model_dump(mode="json")), at(2))])
    apply(run, FactsLearned({"leak": "confirmed"}), at(3))

    apply(run, HandedOver(other.model_dump(mode="json"), was="trouble"), at(4))

    assert (run.facts["leak"], run.facts["damage"]) == ("confirmed", "suspected")
    assert run.followed_before == (first,)


def test_a_track_that_is_gone_ends_and_one_that_differs_begins_anew() -> None:
    """After a hand-over, tracks of the same text keep their place, others start over, the rest is over."""
    old = playbook_of(TROUBLE)
    changed = playbook_of(TROUBLE.replace("Hand out paper.", "Hand out the forms."), "other")
    gone = changed.model_copy(update={"tracks": {k: v for k, v in changed.tracks.items() if k != "vendors"}})
    run = replay("r", [(Reported(SATO, "x"), NOW), (Declared(old.model_dump(mode="json")), at(2))])
    for turn, (track, step) in enumerate([("containment", "unplug"), ("vendors", "call"), ("care", "sheets")], start=3):
        apply(run, TrackStarted(track, step), at(turn))

    apply(run, HandedOver(gone.model_dump(mode="json"), was="trouble"), at(9))

    assert run.tracks["containment"].step == "unplug"
    assert run.tracks["vendors"].step == "end"
    assert "care" not in run.tracks


def test_command_and_lapse() -> None:
    """Who decides, with reservation or not; a lapse leaves nobody."""
    run = replay("r", [(Reported(SATO, "x"), NOW), (CommandTaken(SUZUKI, reserved=True), at(2, SUZUKI))])
    assert (run.commander, run.reserved, SUZUKI in run.acknowledged) == (SUZUKI, True, True)

    apply(run, CommandLapsed(SUZUKI, "silent"), at(3, "clock"))

    assert (run.commander, run.reserved) == (None, False)


def test_being_called_is_not_being_part_of_it() -> None:
    """Confirming or coming back doesn't put somebody in the middle; writing does."""
    run = replay("r", [(Reported(SATO, "x"), NOW), (Acknowledged(TANAKA), at(2, TANAKA))])
    assert run.engaged == {SATO}

    apply(run, NoteTaken("y"), at(3, TANAKA))
    assert run.engaged == {SATO, TANAKA}


def test_the_first_confirmation_counts() -> None:
    """A confirmation has the time at which it came first."""
    run = replay("r", [(Reported(SATO, "x"), NOW), (Acknowledged(TANAKA), at(2, TANAKA))])
    apply(run, Acknowledged(TANAKA), at(9, TANAKA))

    assert run.acknowledged[TANAKA] == at(2).recorded_at


def test_a_drill_that_is_aborted_has_ended() -> None:
    """A real alarm ends it with a reason."""
    run = replay("r", [(Reported(SATO, "x", mode="drill"), NOW), (Aborted("本物"), at(2))])

    assert (run.state, run.live, run.end_reason, run.ended_at) == ("aborted", False, "本物", at(2).recorded_at)


def test_every_field_of_a_run_is_part_of_its_state() -> None:
    """The comparison of two runs leaves out nothing but the tables that are built when needed."""
    assert state_of(Run("r")).keys() == {f.name for f in fields(Run)} - {"machines"}
