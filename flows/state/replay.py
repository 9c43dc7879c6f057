"""What each event means for the state of a run: the one place where it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never, get_args

from flows import events as ev
from flows.state import promised
from flows.state.machines import run_after, run_may
from flows.state.rehearsing import rehearse
from flows.state.run import (
    Answered,
    Approved,
    Asking,
    DecisionMade,
    Evidence,
    Filed,
    Note,
    PaperApproved,
    Run,
    Shown,
    TrackState,
)
from flows.state.stamp import Stamp
from playbooks.duties.shape import Duties
from playbooks.model import END, Playbook

_RUN_EVENTS = get_args(ev.RunEvent)


def replay(run_id: str, entries: Iterable[tuple[ev.Event | None, Stamp]]) -> Run:
    """Give the run that its entries make, in order."""
    run = Run(run_id)
    for event, stamp in entries:
        apply(run, event, stamp)
    return run


def apply(run: Run, event: ev.Event | None, stamp: Stamp) -> None:
    """Take one event in at its place; None (a kind that says nothing of the state) only counts."""
    run.turns = stamp.turn
    if isinstance(event, _RUN_EVENTS):
        if stamp.actor and not isinstance(event, ev.Alarmed | ev.StepShown | ev.CommandAsked):
            run.engaged |= _engaged(event, stamp)
        _take_in(run, event, stamp)


def _engaged(event: ev.RunEvent, stamp: Stamp) -> frozenset[str]:
    """Whoever did something beyond confirming the alarm is in the middle of it."""
    return frozenset() if isinstance(event, ev.Acknowledged | ev.Returned) else frozenset({stamp.actor})


def _move(run: Run, move: str, stamp: Stamp) -> None:
    run.state = run_after(run.state, move, run.mode)
    run.ended_at = None if run.live else stamp.recorded_at


def _take_in(run: Run, event: ev.RunEvent, stamp: Stamp) -> None:
    at = stamp.recorded_at
    match event:
        case ev.Reported():
            run.reporter, run.text, run.mode = event.reporter, event.text, event.mode
            run.candidates, run.reported_at, run.sure = event.candidates, at, event.sure
            run.acknowledged[event.reporter] = at
            run.known_at = stamp.occurred_at
        case ev.ReportNudged():
            run.nudged_at = at
        case ev.Declared():
            run.playbook = Playbook.model_validate(event.playbook)
            run.facts = {**run.playbook.facts, **run.facts}
            run.declared_at = at
            run.duties = Duties.model_validate(event.duties) if event.duties else None
            run.machines = {}
            _move(run, "declare", stamp)
        case ev.HandedOver():
            _hand_over(run, Playbook.model_validate(event.playbook))
        case ev.Alarmed():
            run.ring |= dict.fromkeys(event.ring, at)
            run.quiet |= dict.fromkeys(event.quiet, at)
        case ev.ReportedAgain():
            run.notes[stamp.turn] = Note(stamp.turn, stamp.actor, event.text, stamp.occurred_at)
            run.acknowledged.setdefault(event.member, at)
        case ev.Acknowledged():
            run.acknowledged.setdefault(event.member, at)
            if stamp.actor != event.member:
                run.told_by[event.member] = stamp.actor
        case ev.AlarmRepeated():
            run.repeats[event.member] = (event.count, at)
        case ev.Returned():
            run.returned |= {event.member}
        case ev.CommandAsked():
            run.asked_to_command[event.member] = at
        case ev.CommandOffered():
            run.command_offered = at
        case ev.CommandTaken():
            run.commander, run.reserved = event.member, event.reserved
            run.commanders = (*run.commanders, (event.member, at))
            run.acknowledged.setdefault(event.member, at)
            run.lapsed -= {event.member}
            _void(run, "decision")
            run.command_offered = None
        case ev.CommandLapsed():
            run.commander, run.reserved = None, False
            run.lapsed |= {event.member}
            run.returned -= {event.member}
        case ev.TrackStarted():
            run.tracks[event.track] = TrackState(event.step, at)
            stage = run.playbook.tracks[event.track].stage if run.playbook else "first_response"
            _advance(run, "recover" if stage in ("recovery", "after") else "respond", stamp)
        case ev.StepShown():
            run.shown[stamp.turn] = Shown(stamp.turn, event.track, event.step, event.member, at)
            if event.claimed:
                run.engaged |= {event.member}
        case ev.StepReminded():
            run.shown[event.shown] = replace(run.shown[event.shown], reminded=at)
        case ev.StepReleased():
            released = run.shown[event.shown]
            run.shown[event.shown] = replace(released, released=stamp.turn)
            _forget_asking(run, event.shown)
        case ev.ItemTicked():
            ticked = run.shown[event.shown].ticked
            ticked = ticked | {event.item} if event.on else ticked - {event.item}
            run.shown[event.shown] = replace(run.shown[event.shown], ticked=ticked)
        case ev.HelpGiven():
            run.shown[event.shown] = replace(run.shown[event.shown], helped=True)
        case ev.StepAnswered():
            _step_answered(run, event, stamp)
        case ev.AnswerTakenBack():
            run.answered.pop((event.track, event.step), None)
            run.promises.pop(event.of, None)
            run.tracks[event.track] = TrackState(event.step, at)
        case ev.PromiseMoved() | ev.PromiseReminded() | ev.PromiseKept() | ev.PromiseRenewed():
            promised.take_in(run, event, stamp)
            if isinstance(event, ev.PromiseKept):
                _void(run, "promise", of=event.of)
        case ev.FactsLearned():
            run.facts |= event.sets
        case ev.Asked():
            run.asking[event.member] = Asking(event.what, event.about, stamp.turn)
        case ev.AskingDropped():
            run.asking.pop(event.member, None)
        case ev.NoteTaken():
            run.notes[stamp.turn] = Note(stamp.turn, stamp.actor, event.text, stamp.occurred_at)
        case ev.NoteShared():
            if event.of in run.notes:
                run.notes[event.of] = replace(run.notes[event.of], shared=True)
        case ev.Corrected():
            before = run.corrections.get(event.of, (None, None))
            run.corrections[event.of] = (event.text or before[0], event.occurred_at or before[1])
        case ev.EvidenceReceived():
            run.evidence[stamp.turn] = Evidence(
                stamp.turn, stamp.actor, event.reference, event.media, event.file_name, at
            )
        case ev.EvidenceKept():
            run.evidence[event.of] = replace(run.evidence[event.of], sha256=event.sha256)
        case ev.EvidenceLost():
            run.evidence[event.of] = replace(run.evidence[event.of], lost=event.why)
        case ev.Decided():
            run.decisions[stamp.turn] = DecisionMade(
                stamp.turn, event.decision, event.choice, event.reason, stamp.actor, at, event.provisional, None,
                event.shown,
            )  # fmt: skip
            run.asking.pop(stamp.actor, None)
        case ev.Ratified():
            run.decisions[event.of] = replace(run.decisions[event.of], ratified=event.approved)
            run.asking.pop(stamp.actor, None)
            _void(run, "objection", of=event.of)
        case ev.Waived():
            run.waived |= {(track, step): event.reason for track, _, step in (s.partition("/") for s in event.steps)}
            run.sheets_waived = event.reason if event.sheets else run.sheets_waived
            run.asking.pop(stamp.actor, None)
            _void(run, "waive")
        case ev.ReviewBegun():
            run.tracks = {name: TrackState(END, track.since) for name, track in run.tracks.items()}
            _move(run, "review", stamp)
        case ev.ReviewAnswered():
            run.review[event.question] = event.text
            run.asking.pop(stamp.actor, None)
            _void(run, "review", question=event.question)
        case ev.KnownAtMoved():
            run.known_at = datetime.fromisoformat(event.at)
            run.asking.pop(stamp.actor, None)
        case ev.ExplanationApproved():
            run.explanations[event.kind, event.language] = Approved(event.text, stamp.actor, at)
        case ev.ExplanationUsed():
            approved = run.explanations[event.kind, event.language]
            run.explanations[event.kind, event.language] = replace(approved, uses=approved.uses + 1)
            run.asking.pop(stamp.actor, None)
        case ev.DocumentApproved():
            run.documents[event.kind, event.language] = PaperApproved(
                stamp.turn, stamp.actor, at, event.sha256, event.until
            )
        case ev.DutyFiled():
            run.filed[event.duty] = Filed(
                stamp.turn, stamp.actor, stamp.occurred_at, event.receipt, event.facts, event.document
            )
            run.asking.pop(stamp.actor, None)
        case ev.DutyRefused():
            run.refused[event.duty] = Filed(stamp.turn, stamp.actor, at, event.reason, event.facts)
        case ev.DutyReminded():
            run.duty_reminders |= {f"{event.duty}:{event.what}:{event.day}"}
        case (
            ev.ExerciseBegun() | ev.InjectSent() | ev.InjectHeld() | ev.InjectSkipped() | ev.InjectAdded() | ev.FacilitatorChanged() | ev.Excused()
            | ev.ExcuseEnded() | ev.ExercisePaused() | ev.ExerciseResumed() | ev.QuestionAnswered() | ev.ObjectiveRated()
            | ev.FeedbackGiven() | ev.FeedbackReleased()
        ):  # fmt: skip
            rehearse(run, event, stamp)
        case ev.Closed():
            _move(run, "close", stamp)
            run.asking.clear()
        case ev.Reopened():
            _move(run, "reopen", stamp)
            run.asking.clear()
        case ev.FalseAlarm():
            run.end_reason = event.reason
            run.asking.clear()
            _move(run, "break_off" if run.drill else "call_off", stamp)
        case ev.Aborted():
            run.end_reason = event.reason
            run.asking.clear()
            _move(run, "abort", stamp)
        case _:
            assert_never(event)


def _hand_over(run: Run, new: Playbook) -> None:
    """Go on with a new text: only a track that is the same in both keeps its place, one that differs begins anew."""
    old = run.playbook
    for name, track in list(run.tracks.items()):
        if name not in new.tracks:
            run.tracks[name] = TrackState(END, track.since)
        elif old is None or old.tracks.get(name) != new.tracks[name]:
            del run.tracks[name]
            run.answered = {key: done for key, done in run.answered.items() if key[0] != name}
    if old is not None:
        run.followed_before = (*run.followed_before, old)
    run.playbook, run.machines = new, {}
    for fact, value in new.facts.items():
        assumed = old is not None and run.facts.get(fact) == old.facts.get(fact)
        run.facts[fact] = value if assumed else _no_less(run.facts.get(fact), value)


_CERTAINTY = ("unknown", "none", "suspected", "confirmed")


def _no_less(known: str | None, new: str) -> str:
    """Let the first facts of a playbook never undo what people found out (``confirmed`` to ``suspected``)."""
    if known is None or known == "unknown":
        return new
    return max(known, new, key=_CERTAINTY.index) if {known, new} <= set(_CERTAINTY) else known


def _advance(run: Run, move: str, stamp: Stamp) -> None:
    if run_may(run.state, move, run.mode):
        _move(run, move, stamp)


def _forget_asking(run: Run, shown: int) -> None:
    for member, asking in list(run.asking.items()):
        if asking.about.get("shown") == shown:
            del run.asking[member]


def _void(run: Run, what: str, **about: object) -> None:
    """Stop waiting for an answer that somebody else has given: whoever was asked, too, would write into nothing."""
    for member, asking in list(run.asking.items()):
        if asking.what == what and about.items() <= asking.about.items():
            del run.asking[member]


def _step_answered(run: Run, event: ev.StepAnswered, stamp: Stamp) -> None:
    run.shown[event.shown] = replace(run.shown[event.shown], answered=stamp.turn)
    run.answered[event.track, event.step] = Answered(
        stamp.turn, event.shown, event.answer, event.settles, stamp.actor, event.member, stamp.recorded_at,
        event.reason, event.given, event.to,
    )  # fmt: skip
    promised.begin(run, event, stamp)
    run.facts |= event.sets
    run.tracks[event.track] = TrackState(event.to or END, stamp.recorded_at)
    _forget_asking(run, event.shown)
