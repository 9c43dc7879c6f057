"""What is owed to whom after something happened: names of messages and the facts they need, never words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flows import events as ev
from flows.drill_notifications import told_in_drill
from flows.record.journal import Owed
from flows.response import promises
from flows.response.closing import ready_to_sign
from flows.response.drilling import next_question
from flows.response.reporting import reminded_on
from flows.state.run import Run
from flows.state.work import Context

URGENT, NEXT, SOON, LATER, BOARD = 0, 2, 4, 6, 9
"""Priorities: alarms and escalations, the next action, answers, marks on old messages, board edits."""


def notifications(run: Run, happened: Sequence[tuple[int, ev.Event]], context: Context) -> list[Owed]:
    """Give what a command's events (with their turns) owe to people; ``run`` is the run after them."""
    owed = [o for turn, event in happened for o in _for_event(run, turn, event, [e for _, e in happened], context)]
    if run.playbook is not None and any(
        not isinstance(e, ev.EvidenceKept | ev.Asked | ev.AskingDropped) for _, e in happened
    ):
        owed += [
            Owed(m, "board", run.id, key=f"board:{run.id}", priority=BOARD, silent=True, edits=True)
            for m in followers(run, context)
        ]
    return owed


def everybody(context: Context) -> list[str]:
    """Give all who work here now."""
    return [m.id for m in context.roster.active()]


def followers(run: Run, context: Context) -> list[str]:
    """Give those who have a board of the run: whoever reported, confirmed or decides."""
    here = set(everybody(context))
    return [
        m
        for m in dict.fromkeys([run.reporter, *run.acknowledged, *([run.commander] if run.commander else [])])
        if m in here
    ]


def step_key(run: str, turn: int) -> str:
    """Name the message that shows the step of a turn, so that it can be changed in place."""
    return f"step:{run}:{turn}"


def _for_event(run: Run, turn: int, event: ev.Event, together: Sequence[ev.Event], context: Context) -> Iterable[Owed]:
    rid, actor = run.id, context.actor
    match event:
        case ev.Reported() if run.state == "reported":
            return [Owed(event.reporter, "question", rid, key=f"question:{rid}", priority=NEXT)]
        case ev.ReportNudged():
            asked = dict.fromkeys([run.reporter, *(m.id for m in context.chain())])
            return [Owed(m, "question", rid, {"again": True}, key=f"question:{rid}", priority=1) for m in asked]
        case ev.FalseAlarm() if run.playbook is None and not event.reason:
            return []
        case ev.Declared() if run.exercise is not None:
            return []
        case ev.Declared():
            return [Owed(run.reporter, "opened", rid, priority=1)]
        case ev.Alarmed():
            if run.exercise is not None and run.exercise.questions:
                return []  # the first question is the call
            name = "alarm" if run.exercise is None else "drill_call"
            return [
                Owed(m, name, rid, key=f"alarm:{rid}", priority=URGENT, silent=m in event.quiet)
                for m in (*event.ring, *event.quiet)
            ]
        case ev.AlarmRepeated():
            again = "alarm_again" if run.exercise is None else "drill_call_again"
            return [Owed(event.member, again, rid, {"count": event.count}, key=f"alarm:{rid}", priority=URGENT)]
        case ev.Acknowledged() if run.exercise is not None and run.exercise.questions:
            return []
        case ev.Acknowledged():
            return [Owed(event.member, "alarm_confirmed", rid, key=f"alarm:{rid}", priority=LATER, edits=True)]
        case ev.ReportedAgain():
            others = [run.commander] if run.commander and run.commander != actor else []
            return [
                Owed(actor, "joined", rid, priority=SOON),
                *(Owed(m, "reported_again", rid, {"turn": turn}, priority=SOON) for m in others),
            ]
        case ev.Returned():
            return [Owed(event.member, "welcome_back", rid, priority=1)]
        case ev.CommandAsked() if event.after is not None:
            return [
                Owed(event.member, "command_ask", rid, {"after": event.after}, key=f"command:{rid}", priority=URGENT)
            ]
        case ev.CommandOffered():
            return [Owed(m, "command_open", rid, key=f"command:{rid}", priority=URGENT) for m in everybody(context)]
        case ev.CommandTaken() if not any(isinstance(e, ev.Declared) for e in together):
            return [
                Owed(
                    m,
                    "command_yours" if m == event.member else "command_taken",
                    rid,
                    {"member": event.member},
                    priority=1 if m == event.member else SOON - 1,
                )
                for m in dict.fromkeys([*followers(run, context), event.member])
            ]
        case ev.StepShown():
            return [Owed(event.member, "step", rid, {"turn": turn}, key=step_key(rid, turn), priority=NEXT)]
        case ev.ItemTicked():
            shown = run.shown[event.shown]
            return [
                Owed(
                    shown.member,
                    "step",
                    rid,
                    {"turn": event.shown},
                    key=step_key(rid, event.shown),
                    priority=1,
                    edits=True,
                )
            ]
        case ev.HelpGiven():
            return [Owed(actor, "help", rid, {"turn": event.shown, "call": event.call}, priority=1)]
        case ev.StepReminded():
            return [Owed(run.shown[event.shown].member, "step_reminder", rid, {"turn": event.shown}, priority=1)]
        case ev.StepReleased():
            return _released(run, event, together, context)
        case ev.StepAnswered():
            return _answered(run, turn, event, actor)
        case ev.PromiseMoved() | ev.PromiseRenewed():
            return [Owed(actor, "promise_taken", rid, {"turn": event.of}, priority=1), *_settled(run, event.of)]
        case ev.PromiseKept():
            return _settled(run, event.of)
        case ev.PromiseReminded():
            people, key = promises.reminded(run.promises[event.of], run, context), f"promise:{rid}:{event.of}"
            missed = {"turn": event.of, "count": event.count}
            return [Owed(m, "promise_missed", rid, missed, key=key, priority=1) for m in people]
        case ev.Asked():
            return [Owed(event.member, "asking", rid, {"what": event.what}, key=f"asking:{rid}", priority=1)]
        case ev.AskingDropped() if len(together) == 1:
            return [Owed(event.member, "dropped", rid, priority=SOON)]
        case ev.NoteTaken():
            return [Owed(actor, "note_kept", rid, {"turn": turn, "timed": event.timed}, priority=SOON)]
        case ev.NoteShared():
            return [
                Owed(m, "note_shared", rid, {"turn": event.of}, priority=SOON) for m in everybody(context) if m != actor
            ]
        case ev.Corrected():
            return _corrected(run, event.of, actor, context)
        case ev.EvidenceReceived() if event.shown is None:
            return [Owed(actor, "evidence_received", rid, {"turn": turn}, key=f"evidence:{rid}", priority=SOON)]
        case ev.EvidenceLost():
            return [Owed(run.evidence[event.of].by, "evidence_lost", rid, {"turn": event.of}, priority=1)]
        case ev.Decided():
            return _decided(run, turn, event, context)
        case ev.Ratified():
            said = {"turn": event.of, "by": actor}
            return [Owed(m, "ratified", rid, said, priority=SOON) for m in followers(run, context)]
        case ev.HandedOver():
            return [Owed(m, "handed_over", rid, priority=1) for m in followers(run, context)]
        case ev.ExplanationApproved():
            data = {"kind": event.kind, "language": event.language}
            return [Owed(m, "explanation_approved", rid, data, priority=SOON) for m in followers(run, context)]
        case ev.ExplanationUsed():
            return [Owed(actor, "explanation_used", rid, priority=SOON)]
        case ev.DocumentApproved():
            return [
                Owed(actor, "document_approved", rid, {"kind": event.kind, "language": event.language}, priority=SOON)
            ]
        case ev.DutyReminded():
            return _duty_reminder(run, event, context)
        case ev.DutyFiled():
            told = [run.commander] if run.commander and run.commander != actor else []
            return [Owed(m, "duty_filed", rid, {"duty": event.duty}, priority=SOON) for m in told]
        case ev.KnownAtMoved() | ev.FactsLearned() if len(together) <= 2:
            return [Owed(actor, "facts_noted", rid, priority=SOON)] if actor in everybody(context) else []
        case ev.Waived():
            return [Owed(actor, "waived", rid, {"steps": list(event.steps), "sheets": event.sheets}, priority=SOON)]
        case ev.ReviewAnswered() | ev.ReviewBegun() if ready_to_sign(run):
            chain = [m.id for m in context.chain()]
            return [Owed(m, "sign_off", rid, priority=NEXT) for m in ([actor] if actor in chain else chain)]
        case (
            ev.ExerciseBegun() | ev.InjectSent() | ev.InjectAdded() | ev.ExercisePaused() | ev.ExerciseResumed() | ev.Excused()
            | ev.ExcuseEnded() | ev.FacilitatorChanged() | ev.QuestionAnswered() | ev.FeedbackGiven() | ev.FeedbackReleased()
            | ev.ObjectiveRated() | ev.ReviewBegun()
        ):  # fmt: skip
            return told_in_drill(run, turn, event, context)
        case ev.Closed() | ev.Reopened() | ev.FalseAlarm() | ev.Aborted():
            everyone = [Owed(m, f"run_{run.state}", rid, {"by": actor}, priority=1) for m in everybody(context)]
            return [*everyone, *told_in_drill(run, turn, event, context)]
        case _:
            return []


def _released(run: Run, event: ev.StepReleased, together: Sequence[ev.Event], context: Context) -> Iterator[Owed]:
    shown = run.shown[event.shown]
    key = step_key(run.id, shown.turn)
    yield Owed(
        shown.member,
        "step_released",
        run.id,
        {"turn": shown.turn, "why": event.why},
        key=key,
        priority=LATER,
        edits=True,
    )
    handed_on = any(isinstance(e, ev.StepShown) and e.track == shown.track for e in together)
    if event.why in ("overdue", "left", "unreachable") and not handed_on:
        for member in followers(run, context):
            spared = run.exercise is not None and run.exercise.leaves_alone(member)
            if member != shown.member and run.open_step_of(member) is None and not spared:
                waiting = f"waiting:{run.id}:{shown.track}"
                yield Owed(member, "step_waiting", run.id, {"turn": shown.turn}, key=waiting, priority=1)


def _answered(run: Run, turn: int, event: ev.StepAnswered, actor: str) -> Iterator[Owed]:
    key = step_key(run.id, event.shown)
    yield Owed(event.member, "step_done", run.id, {"turn": event.shown}, key=key, priority=LATER, edits=True)
    if "text" in event.given and "evidence" not in event.given:
        yield Owed(actor, "text_taken", run.id, {"turn": turn}, priority=NEXT - 1)
    if "evidence" in event.given:
        yield Owed(actor, "photo_taken", run.id, {"turn": turn}, priority=NEXT - 1)
    if "promised" in event.given:
        yield Owed(actor, "promise_taken", run.id, {"turn": turn}, priority=NEXT - 1)


def _settled(run: Run, of: int) -> list[Owed]:
    """Change the reminders of a missed promise into what has come of it."""
    people = dict.fromkeys(m for m in (*(d for d, _ in run.commanders), *run.acknowledged))
    key = f"promise:{run.id}:{of}"
    return [Owed(m, "promise_settled", run.id, {"turn": of}, key=key, priority=LATER, edits=True) for m in people]


def _corrected(run: Run, of: int, actor: str, context: Context) -> Iterator[Owed]:
    """Whoever was sent the wrong words is sent the right ones."""
    yield Owed(actor, "corrected", run.id, {"turn": of}, priority=SOON)
    if of in run.notes and run.notes[of].shared:
        for member in everybody(context):
            if member != actor:
                yield Owed(member, "note_shared", run.id, {"turn": of}, priority=SOON)


def _duty_reminder(run: Run, event: ev.DutyReminded, context: Context) -> Iterator[Owed]:
    """Remind whoever decides and the safety manager; what is overdue is said to the whole chain."""
    chain = [m.id for m in context.chain()]
    deciding = (
        chain if event.what == "overdue" else [run.commander if run.commander in chain else next(iter(chain), "")]
    )
    managers = [m.id for m in context.roster.owners("safety_manager", context.today)]
    for member in dict.fromkeys([*deciding, *managers]):
        if member:
            data = {"day": event.day}
            yield Owed(member, "duty_reminder", run.id, data, key=f"duties:{run.id}:{event.day}", priority=1)


def _decided(run: Run, turn: int, event: ev.Decided, context: Context) -> Iterator[Owed]:
    for member in followers(run, context):
        yield Owed(member, "decided", run.id, {"turn": turn}, priority=SOON - 1)
    if event.provisional:
        for deciding in context.chain():
            yield Owed(deciding.id, "ratify_ask", run.id, {"turn": turn}, key=f"ratify:{run.id}:{turn}", priority=1)


def still_true(owed: Owed, run: Run, member: str) -> bool:
    """Say whether a message that waits to be sent still holds: what a later event made untrue is not sent any more."""
    match owed.name:
        case "question":
            return run.state == "reported"
        case "alarm" | "alarm_again" | "drill_call" | "drill_call_again":
            return run.live and member not in run.acknowledged
        case "command_ask" | "command_open":
            return run.live and run.commander is None
        case "step" | "step_reminder":
            shown = run.shown.get(int(str(owed.data["turn"])))
            return shown is not None and shown.open
        case "step_waiting":
            shown = run.shown.get(int(str(owed.data["turn"])))
            return shown is not None and any(t == shown.track for t, _ in run.waiting())
        case "quiz":
            return run.live and run.exercise is not None and next_question(run.exercise, member) == owed.data["number"]
        case "inject" | "facilitation":
            return run.live
        case "asking":
            return member in run.asking
        case "promise_missed":
            promise = run.promises.get(int(str(owed.data["turn"])))
            return run.live and promise is not None and promise.kept is None and promise.reminded
        case "duty_reminder":
            return any(duty not in run.filed for duty, _ in reminded_on(run, str(owed.data["day"])))
        case "ratify_ask":
            made = run.decisions.get(int(str(owed.data["turn"])))
            return made is not None and made.ratified is None
        case _:
            return True
