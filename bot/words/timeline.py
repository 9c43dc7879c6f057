"""The timeline of a run: every entry in words, with both its times, who did it, and what later corrected it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.words.decisions import name_decision
from bot.words.step_types import SAID
from bot.words.words import Words
from contacts.roster import Roster
from flows.events.calling import (
    Alarmed,
    ArrivalTold,
    CircleSettled,
    Declared,
    GradeLowered,
    GradeRaised,
    PresenceTold,
    Reported,
    ReportedAgain,
    VoiceCallAsked,
    VoiceCallTold,
)
from flows.events.drilling import (
    ExerciseBegun,
    FeedbackReleased,
    InjectHeld,
    InjectSent,
    InjectSkipped,
    ObjectiveRated,
    QuestionAnswered,
    VendorCame,
    VendorLesson,
)
from flows.events.ending import ReviewAnswered, Waived
from flows.events.event import Event
from flows.events.explaining import ExplanationApproved, ExplanationUsed, WhereToAskSaid
from flows.events.helping import MinuteAsked
from flows.events.papers import DocumentApproved, OpenedAtMachine, TextsLookedAt
from flows.events.promising import PromiseMoved, PromiseRenewed
from flows.events.reporting import DutyFiled, DutyRefused, DutyReminded, DutyWithdrawn, KnownAtMoved
from flows.events.telling import (
    Briefed,
    Corrected,
    Decided,
    DeedConfirmed,
    DowntimeReminded,
    EvidenceReceived,
    LineWasAway,
    PleaHeard,
    PleaPassedOn,
    Ratified,
)
from flows.events.working import (
    AnswerUndone,
    FactsLearned,
    HandedOver,
    ItemTicked,
    LineOpened,
    LineSettled,
    StepAnswered,
    SwitchProposed,
)
from flows.record import codec
from flows.record.journal import Entry
from flows.state.exercise import Exercise
from flows.state.replay import replay
from flows.state.run import Run
from flows.state.stamp import Stamp
from flows.state.work import TOLD
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.texts import Language, Text, wording

DRAINED = timedelta(minutes=2)
"""So long after an outage comes what waited for its end."""

MINUTES = timedelta(minutes=1)
"""From here on it is said when something was sent that was heard later."""


@frozen
class TimelineRow:
    """One entry as a person reads it. ``corrected`` is what a later entry says instead; times are aware, in UTC.

    ``at_terminal`` says that it was done at the machine that runs the bot, where nobody is asked who they are.
    """

    seq: int
    turn: int
    occurred_at: datetime
    recorded_at: datetime
    who: str
    kind: str
    what: str
    digest: str
    corrected: str = ""
    at_terminal: bool = False


def timeline(
    run_id: str,
    entries: Sequence[Entry],
    roster: Roster,
    language: Language,
    as_seen: Callable[[Entry, Event], Event | None] = lambda _, event: event,
) -> list[TimelineRow]:
    """Give the rows of a run in the order in which they were recorded.

    ``as_seen`` gives of an entry's event what its reader may see; of None, only the kind is named.
    """
    events = [(codec.decode(e.kind, e.body), Stamp(e.turn, e.recorded_at, e.occurred_at, e.actor)) for e in entries]
    run = replay(run_id, events)
    words = Words(language, roster)
    seen = [event and as_seen(entry, event) for entry, (event, _) in zip(entries, events, strict=True)]
    corrections = {turn: _correction(words, text, at) for turn, (text, at) in _corrected(seen).items()}
    return [
        replace(
            _row(words, run, e, event, entries),
            corrected=corrections.get(e.turn, ""),
            at_terminal=e.cause.startswith("terminal:"),
        )
        for e, event in zip(entries, seen, strict=True)
    ]


def latest(
    run: Run,
    entries: Sequence[Entry],
    earlier: Callable[[], Sequence[Entry]],
    words: Words,
    as_seen: Callable[[Event], Event],
) -> list[TimelineRow]:
    """Give the rows of a run's newest ``entries`` without reading the others; ``earlier`` gives all, if one points at another.

    ``as_seen`` gives of an event what the reader may see.
    """
    decoded = [codec.decode(e.kind, e.body) for e in entries]
    events = [event and as_seen(event) for event in decoded]
    whole = earlier() if any(isinstance(getattr(event, "of", None), int) for event in events) else ()
    return [_row(words, run, e, event, whole) for e, event in zip(entries, events, strict=True)]


def _row(words: Words, run: Run, entry: Entry, event: Event | None, entries: Sequence[Entry]) -> TimelineRow:
    """Give the row of an entry whose ``event`` is as its reader may see it; ``entries`` are those that it may point at."""
    return TimelineRow(
        entry.seq,
        entry.turn,
        entry.occurred_at,
        entry.recorded_at,
        words.who(entry.actor).unescape() if entry.actor else "",
        entry.kind,
        "".join((*_say(words, run, event, entry, entries), _sent(words, run, entry, event))),
        entry.digest.hex(),
    )


def _sent(words: Words, run: Run, entry: Entry, event: Event | None) -> str:
    """Say when it was sent, where it was heard later; of a tap that waited for the line, between what times it was made.

    A time that somebody names stands in what they say.
    """
    local = words.roster.facility.local
    today = local(entry.recorded_at).date()
    if entry.recorded_at - entry.occurred_at >= MINUTES:
        if not isinstance(event, TOLD) or getattr(event, "timed", False):
            return ""
        return words.say("timeline.sent", time=words.clock_time(entry.occurred_at, today)).unescape()
    for since, until in run.outages:
        if words.roster.member(entry.actor) is not None and until <= entry.recorded_at <= until + DRAINED:
            facts = {"since": words.clock_time(since, today), "heard": words.clock_time(entry.recorded_at)}
            return words.say("timeline.between", **facts).unescape()
    return ""


def _corrected(events: Iterable[Event | None]) -> dict[int, tuple[str | None, str | None]]:
    """Give what stands instead, text and time, by the turn that it corrects: as its reader may see it."""
    instead: dict[int, tuple[str | None, str | None]] = {}
    for event in events:
        if isinstance(event, Corrected):
            before = instead.get(event.of, (None, None))
            instead[event.of] = (event.text or before[0], event.occurred_at or before[1])
    return instead


def _correction(words: Words, text: str | None, at: str | None) -> str:
    when = words.clock_time(datetime.fromisoformat(at)) if at else ""
    return words.say("timeline.correction", text=text or "", time=when).unescape()


def _say(words: Words, run: Run, event: Event | None, entry: Entry, entries: Sequence[Entry]) -> Iterator[str]:
    key = f"event.{entry.kind}"
    if event is None or not words.has(key):
        yield entry.kind
        return
    facts = _facts(words, run, event)
    of = facts["of"]
    # Entries point at each other by their turn in the run; people read the number in the whole journal.
    facts["of"] = entries[of - 1].seq if isinstance(of, int) and 0 < of <= len(entries) else of
    yield words.say(key, **facts).unescape()


def _facts(words: Words, run: Run, event: Event) -> dict[str, Any]:
    """Give everything that a phrase about an event may name; what an event lacks is empty."""
    language = words.language
    facts: dict[str, Any] = dict.fromkeys(_NAMES, "")
    facts |= {
        name: getattr(event, name)
        for name in ("text", "reason", "count", "sha256", "bytes", "why", "of", "at", "receipt")
        if hasattr(event, name)
    }
    if hasattr(event, "member"):
        facts["member"] = words.who(event.member)
    if isinstance(event, Reported | ReportedAgain):
        facts["text"] = words.reported(event.text)
    if isinstance(event, Declared | HandedOver):
        facts["title"] = wording(event.playbook["title"]).in_language(language)
    if isinstance(event, PresenceTold):
        facts["where"] = words.say(f"where.{event.where}")
    if isinstance(event, Alarmed):
        facts["people"] = words.people([*event.ring, *event.quiet])
    if isinstance(event, CircleSettled) and event.left_out:
        facts["member"] = words.people(event.members)
    if isinstance(event, GradeRaised | GradeLowered):
        facts["grade"] = words.say(f"grade.{event.grade}")
    if isinstance(event, GradeRaised):
        facts["why"] = words.say(f"louder.why.{event.why}")
    if isinstance(event, VoiceCallAsked | VoiceCallTold):
        facts |= {"people": words.who(event.whom), "on": getattr(event, "reached", False)}
    if isinstance(event, ArrivalTold):
        facts["text"] = words.clock_time(datetime.fromisoformat(event.until)) if event.until else ""
    if isinstance(event, SwitchProposed):
        facts["text"] = wording(event.title).in_language(language)
    if isinstance(event, MinuteAsked):
        facts["people"] = words.people(event.asked)
    if isinstance(event, PleaHeard | PleaPassedOn | Briefed):
        facts["people"] = words.people(event.to)
    if isinstance(event, DowntimeReminded):
        systems = [words.roster.system(key) for key in (*event.near, *event.over)]
        facts["text"] = words.joined(system.name for system in systems if system is not None)
    if isinstance(event, DeedConfirmed):
        facts["on"] = event.did
    track, step = getattr(event, "track", None), getattr(event, "step", None)
    if isinstance(event, AnswerUndone):
        step = event.steps[0]
    shown = run.shown.get(getattr(event, "shown", None) or -1)
    if shown is not None:
        track, step = shown.track, shown.step
    if track and step and step != "end":
        facts["step"] = run.text_of(track, step).ask.in_language(language)
    if track and run.playbook and track in run.playbook.tracks:
        facts["track"] = run.playbook.tracks[track].title.in_language(language)
    if isinstance(event, LineOpened | LineSettled) and shown is not None:
        facts["step"] = run.step(shown).lines[event.line].ask.in_language(language)
    if isinstance(event, StepAnswered | LineSettled):
        facts |= {"answer": _answer(words, run, event), "given": _given(words, run, event)}
        facts["on"] = getattr(event, "in_bulk", False)
    if isinstance(event, Decided):
        facts["decision"] = name_decision(words, run, event.decision, event.choice, event.shown)
        facts["provisional"] = event.provisional
    if isinstance(event, Ratified):
        made = run.decisions[event.of]
        facts |= {
            "decision": name_decision(words, run, made.decision, made.choice, made.shown),
            "approved": event.approved,
        }
    if isinstance(event, VendorCame | VendorLesson):
        vendor = words.roster.contact(event.contact)
        facts["name"] = vendor.name if vendor else event.contact
    if isinstance(event, VendorCame):
        facts["how"] = words.say(f"vendor_came.{event.how}")
    if isinstance(event, ReviewAnswered):
        facts["question"] = words.say(f"review.{event.question}")
    if isinstance(event, EvidenceReceived):
        facts |= {"text": event.caption or "", "file_name": event.file_name or event.media}
    if isinstance(event, ItemTicked):
        item = run.step(run.shown[event.shown]).choices[event.item]
        facts |= {"answer": item.label.in_language(language), "on": event.on}
    if isinstance(event, DutyFiled | DutyRefused | DutyReminded | DutyWithdrawn):
        key = f"duty.{event.duty}"
        facts["duty"] = words.say(key) if words.has(key) else event.duty
    if isinstance(event, ExplanationApproved | ExplanationUsed | WhereToAskSaid):
        facts["kind"] = words.say(f"explain.{event.kind}.{event.language}")
        facts["text"] = getattr(event, "about", "")
    if isinstance(event, DocumentApproved):
        key = f"paper.{event.kind}.title"
        facts["kind"] = words.say(key) if words.has(key) else event.kind
    if isinstance(event, DutyFiled):
        facts["sha256"] = event.document
    if isinstance(event, LineWasAway):
        since = datetime.fromisoformat(event.since)
        facts["at"] = words.day_and_time(since)
    if isinstance(event, KnownAtMoved):
        facts["at"] = f"{words.roster.facility.local(datetime.fromisoformat(event.at)):%m/%d %H:%M}"
    if run.exercise is not None:
        facts |= exercise_facts(words, run.exercise, event)
    if isinstance(event, PromiseMoved | PromiseRenewed) and event.until:
        facts["at"] = f"{words.roster.facility.local(datetime.fromisoformat(event.until)):%m/%d %H:%M}"
    if isinstance(event, Waived):
        facts["count"] = len(event.steps)
    if isinstance(event, OpenedAtMachine):
        facts |= {"what": event.what, "by": words.who(event.by) if event.by else ""}
    if isinstance(event, TextsLookedAt):
        facts |= {"count": len(event.of), "on": event.keep, "reason": words.withheld_for(event.reason)}
        facts["to"] = words.say(f"button.look.to.{event.to}") if event.to else ""
    if isinstance(event, FactsLearned):
        facts["text"] = ", ".join(f"{k}={v}" for k, v in event.sets.items())
    return facts


_NAMES = (
    "text",
    "reason",
    "count",
    "sha256",
    "bytes",
    "why",
    "grade",
    "of",
    "member",
    "where",
    "title",
    "people",
    "step",
    "track",
    "answer",
    "given",
    "decision",
    "provisional",
    "approved",
    "question",
    "file_name",
    "on",
    "duty",
    "at",
    "receipt",
    "kind",
)


def _asked(run: Run, event: StepAnswered | LineSettled) -> Step:
    return run.text_of(event.track, f"{event.step}/{event.line}" if isinstance(event, LineSettled) else event.step)


def _answer(words: Words, run: Run, event: StepAnswered | LineSettled) -> str:
    step = _asked(run, event)
    if event.answer.startswith("choice:"):
        return step.choices[event.answer.removeprefix("choice:")].label.in_language(words.language)
    return step.answers[event.answer].label.in_language(words.language)


def _given(words: Words, run: Run, event: StepAnswered | LineSettled) -> str:
    step = _asked(run, event)
    return SAID[step.takes].in_timeline(words, step, event.given)


def exercise_facts(words: Words, exercise: Exercise, event: Event | None) -> dict[str, Any]:
    """Give the facts of an event in words; empty for one that is no drill's own."""

    def said(text: Text) -> str:
        return text.in_language(words.language)

    match event:
        case ExerciseBegun():
            scenario = f": {said(exercise.scenario.title)}" if exercise.scenario else ""
            return {"text": f"{said(exercise.kind.title)}{scenario}"}
        case InjectSent() | InjectHeld() | InjectSkipped():
            inject = next(i for i in exercise.injects if i.id == event.inject)
            return {"text": said(inject.text), "people": words.people(getattr(event, "to", ()))}
        case QuestionAnswered():
            question = next(q for q in exercise.questions if q.id == event.question)
            return {"question": said(question.ask)}  # not the answer: nobody's score is shown
        case ObjectiveRated():
            objective = next(o for o in exercise.objectives if o.id == event.objective)
            return {"text": said(objective.text), "answer": words.say(f"rating.{event.rating}")}
        case FeedbackReleased():
            return {"count": len(event.texts), "text": " / ".join(event.texts)}
        case _:
            return {}
