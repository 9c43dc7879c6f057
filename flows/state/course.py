"""The course of a run: it is reported and declared, people are called, somebody decides, and it comes to its end."""

from __future__ import annotations

import json
import marshal
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from flows.events.calling import (
    Acknowledged,
    Alarmed,
    AlarmRepeated,
    ArrivalTold,
    CircleAsked,
    CircleSettled,
    CommandAsked,
    CommandHandedOn,
    CommandLapsed,
    CommandOffered,
    CommandTaken,
    Declared,
    GradeLowered,
    GradeRaised,
    PresenceAsked,
    PresenceTold,
    Reported,
    ReportedAgain,
    ReportNudged,
    Returned,
    SceneTaken,
    VoiceCallAsked,
    VoiceCallTold,
)
from flows.events.ending import Aborted, Closed, FalseAlarm, Reopened, ReviewAnswered, ReviewBegun, Solved, Waived
from flows.events.working import HandedOver, SwitchProposed
from flows.state.machines import run_after
from flows.state.run import Arrival, Note, Run, TrackState, VoiceCall
from flows.state.stamp import Stamp, evolves
from playbooks.duties.shape import Duties
from playbooks.model import END, GRADES, Playbook


def move(run: Run, what: str, stamp: Stamp) -> None:
    """Let the run go on to its next state; while it lives it has not ended."""
    run.state = run_after(run.state, what, run.mode)
    run.ended_at = None if run.live else stamp.recorded_at


_Book = TypeVar("_Book", Playbook, Duties)


@lru_cache(maxsize=32)
def _read(book: type[_Book], packed: bytes) -> _Book:
    return book.model_validate_json(json.dumps(marshal.loads(packed)))  # noqa: S302  (packed by the next function)


def _kept(book: type[_Book], kept: dict[str, Any]) -> _Book:
    """Give the playbook or law that a run keeps. Most runs keep one of a few: each is checked once in a process.

    Packing so large a text tells quickest whether it is the same; in version 2 equal texts give equal bytes.
    """
    found: _Book = _read(book, marshal.dumps(kept, 2))
    return found


# ── how it begins ───────────────────────────────────────────────────────────────────────────────────────────────────


@evolves
def _reported(run: Run, event: Reported, stamp: Stamp) -> None:
    run.reporter, run.text, run.mode = event.reporter, event.text, event.mode
    run.candidates, run.reported_at, run.sure = event.candidates, stamp.recorded_at, event.sure
    run.near, run.named, run.everyday = event.near or event.candidates[:1], event.named, event.everyday
    run.plain = event.plain
    run.acknowledged[event.reporter] = stamp.recorded_at
    run.known_at = stamp.occurred_at


@evolves
def _nudged(run: Run, _: ReportNudged, stamp: Stamp) -> None:
    run.nudged_at = stamp.recorded_at


@evolves
def _declared(run: Run, event: Declared, stamp: Stamp) -> None:
    run.playbook = _kept(Playbook, event.playbook)
    run.grade = run.playbook.begins_as
    run.facts = {**run.playbook.facts, **run.facts}
    run.declared_at = stamp.recorded_at
    run.duties = _kept(Duties, event.duties) if event.duties else None
    run.machines = {}
    move(run, "declare", stamp)


@evolves
def _handed_over(run: Run, event: HandedOver, _: Stamp) -> None:
    """Go on with a new text: only a track that is the same in both keeps its place, one that differs begins anew."""
    old, new = run.playbook, _kept(Playbook, event.playbook)
    for name, track in list(run.tracks.items()):
        if name not in new.tracks:
            run.tracks[name] = TrackState(END, track.since)
        elif old is None or old.tracks.get(name) != new.tracks[name]:
            del run.tracks[name]
            run.answered = {key: done for key, done in run.answered.items() if key[0] != name}
    if old is not None:
        run.followed_before = (*run.followed_before, old)
    run.playbook, run.machines, run.proposed = new, {}, ""
    run.grade = max(run.grade, new.begins_as, key=GRADES.index)
    for fact, value in new.facts.items():
        assumed = old is not None and run.facts.get(fact) == old.facts.get(fact)
        run.facts[fact] = value if assumed else _no_less(run.facts.get(fact), value)


@evolves
def _switch_proposed(run: Run, event: SwitchProposed, _: Stamp) -> None:
    run.proposed = event.playbook


_CERTAINTY = ("unknown", "none", "suspected", "confirmed")


def _no_less(known: str | None, new: str) -> str:
    """Let the first facts of a playbook never undo what people found out (``confirmed`` to ``suspected``)."""
    if known is None or known == "unknown":
        return new
    return max(known, new, key=_CERTAINTY.index) if {known, new} <= set(_CERTAINTY) else known


@evolves
def _grade_raised(run: Run, event: GradeRaised, _: Stamp) -> None:
    run.grade = next(grade for grade in GRADES if grade == event.grade)
    run.raised |= {(run.grade, event.why)}


@evolves
def _grade_lowered(run: Run, event: GradeLowered, stamp: Stamp) -> None:
    run.grade = next(grade for grade in GRADES if grade == event.grade)
    run.lowered = True
    run.asking.pop(stamp.actor, None)
    run.void("lower_grade")


@evolves
def _circle_asked(run: Run, _: CircleAsked, __: Stamp) -> None:
    run.circle_asked = True


@evolves
def _circle_settled(run: Run, event: CircleSettled, _: Stamp) -> None:
    run.circle_asked, run.left_out = False, frozenset(event.members)


# ── who was called and who decides ──────────────────────────────────────────────────────────────────────────────────


@evolves
def _alarmed(run: Run, event: Alarmed, stamp: Stamp) -> None:
    run.ring |= dict.fromkeys(event.ring, stamp.recorded_at)
    run.quiet |= dict.fromkeys(event.quiet, stamp.recorded_at)


@evolves
def _reported_again(run: Run, event: ReportedAgain, stamp: Stamp) -> None:
    run.notes[stamp.turn] = Note(stamp.turn, event.member, event.text, stamp.occurred_at)
    if event.early:
        run.joined = (*run.joined, stamp.turn)
    else:
        run.acknowledged.setdefault(event.member, stamp.recorded_at)
    run.reports_again += run.playbook is not None
    run.named = tuple(dict.fromkeys((*run.named, *event.named)))
    if (run.state == "reported" or run.small) and event.near:  # told twice is no everyday talk
        run.near, run.sure = tuple(dict.fromkeys((*run.near, *event.near))), True
        run.plain = run.plain and set(event.near) <= set(run.candidates[:1])


@evolves
def _acknowledged(run: Run, event: Acknowledged, stamp: Stamp) -> None:
    run.acknowledged.setdefault(event.member, stamp.recorded_at)
    if stamp.actor != event.member:
        run.told_by[event.member] = stamp.actor


@evolves
def _presence_told(run: Run, event: PresenceTold, stamp: Stamp) -> None:
    run.presence[event.member] = (event.where, stamp.recorded_at)
    run.presence_until.pop(event.member, None)
    run.presence_lasts = run.presence_lasts - {event.member} | ({event.member} if event.lasting else set())
    if event.until:
        run.presence_until[event.member] = datetime.fromisoformat(event.until)
    if event.where != "away":
        run.arrivals.pop(event.member, None)


@evolves
def _presence_asked(run: Run, event: PresenceAsked, stamp: Stamp) -> None:
    run.presence_asked[event.member] = stamp.recorded_at


@evolves
def _arrival_told(run: Run, event: ArrivalTold, stamp: Stamp) -> None:
    until = datetime.fromisoformat(event.until) if event.until else None
    run.arrivals[event.member] = Arrival(stamp.recorded_at, until)


@evolves
def _voice_call_asked(run: Run, event: VoiceCallAsked, stamp: Stamp) -> None:
    run.voice_calls[stamp.turn] = VoiceCall(stamp.turn, event.member, event.whom, stamp.recorded_at)


@evolves
def _voice_call_told(run: Run, event: VoiceCallTold, stamp: Stamp) -> None:
    call = run.voice_calls[event.of]
    run.voice_calls[event.of] = replace(call, reached=event.reached, told=stamp.recorded_at)


@evolves
def _alarm_repeated(run: Run, event: AlarmRepeated, stamp: Stamp) -> None:
    run.repeats[event.member] = (event.count, stamp.recorded_at)


@evolves
def _returned(run: Run, event: Returned, _: Stamp) -> None:
    run.returned |= {event.member}


@evolves
def _command_asked(run: Run, event: CommandAsked, stamp: Stamp) -> None:
    run.asked_to_command[event.member] = stamp.recorded_at


@evolves
def _command_offered(run: Run, _: CommandOffered, stamp: Stamp) -> None:
    run.command_offered = stamp.recorded_at


@evolves
def _command_taken(run: Run, event: CommandTaken, stamp: Stamp) -> None:
    run.commander, run.reserved = event.member, event.reserved
    run.commanders = (*run.commanders, (event.member, stamp.recorded_at))
    run.acknowledged.setdefault(event.member, stamp.recorded_at)
    run.handed_to = {}
    run.lapsed -= {event.member}
    run.void("decision")
    run.command_offered = None


@evolves
def _scene_taken(run: Run, event: SceneTaken, _: Stamp) -> None:
    run.scene = event.member


@evolves
def _command_handed_on(run: Run, event: CommandHandedOn, stamp: Stamp) -> None:
    run.handed_to[event.member] = stamp.recorded_at


@evolves
def _command_lapsed(run: Run, event: CommandLapsed, _: Stamp) -> None:
    run.commander, run.reserved, run.handed_to = None, False, {}
    run.lapsed |= {event.member}
    run.returned -= {event.member}


# ── how it ends ─────────────────────────────────────────────────────────────────────────────────────────────────────


@evolves
def _waived(run: Run, event: Waived, stamp: Stamp) -> None:
    run.waived |= {(track, step): event.reason for track, _, step in (s.partition("/") for s in event.steps)}
    run.sheets_waived = event.reason if event.sheets else run.sheets_waived
    run.asking.pop(stamp.actor, None)
    run.void("waive")


@evolves
def _review_begun(run: Run, _: ReviewBegun, stamp: Stamp) -> None:
    run.tracks = {name: TrackState(END, track.since) for name, track in run.tracks.items()}
    move(run, "review", stamp)


@evolves
def _review_answered(run: Run, event: ReviewAnswered, stamp: Stamp) -> None:
    run.review[event.question] = event.text
    run.asking.pop(stamp.actor, None)
    run.void("review", question=event.question)


@evolves
def _closed(run: Run, _: Closed, stamp: Stamp) -> None:
    _end(run, "close", stamp)


@evolves
def _solved(run: Run, _: Solved, stamp: Stamp) -> None:
    run.solved = True
    _end(run, "solve", stamp)


@evolves
def _reopened(run: Run, _: Reopened, stamp: Stamp) -> None:
    run.solved, run.disposed_at = False, None
    _end(run, "reopen", stamp)


@evolves
def _false_alarm(run: Run, event: FalseAlarm, stamp: Stamp) -> None:
    run.end_reason, run.end_source = event.reason, event.source
    run.put_away = event.unanswered
    _end(run, "break_off" if run.drill else "call_off", stamp)


@evolves
def _aborted(run: Run, event: Aborted, stamp: Stamp) -> None:
    run.end_reason = event.reason
    _end(run, "abort", stamp)


def _end(run: Run, what: str, stamp: Stamp) -> None:
    """Go over the end of a run, in either direction: what was asked before is not waited for any more."""
    run.asking.clear()
    move(run, what, stamp)
