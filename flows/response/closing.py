"""How a run ends: what still stands in the way, the waiver, the review and the sign-off; false alarm and reopening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.commands.people import CallOff, Close, ConfirmFalse, Reopen, SignOff, SkipQuestion, SwitchPlaybook, Waive
from flows.events.calling import CommandTaken
from flows.events.ending import Aborted, Closed, FalseAlarm, Reopened, ReviewAnswered, ReviewBegun, Waived
from flows.events.telling import PleaAnswered
from flows.events.working import Asked, AskingDropped, FactsLearned, StepReleased
from flows.messages.ending import LeftUndone, RunFalseAlarm, SignOffAsk
from flows.messages.message import message_of
from flows.record.journal import AT_ONCE, NEXT, SOON, Owed
from flows.refusals import Refused
from flows.response.alarm.opening import POSTURE
from flows.response.asking import ask_once_more, order, takes
from flows.response.audience import Circumstances, alarmed, everybody, tells
from flows.response.debriefing import drill_over, release_now, trend
from flows.response.lines import open_lines
from flows.response.steps import applies, assign, hand_over
from flows.scene.circle import delicate
from flows.state.machines import run_may
from flows.state.run import Run
from flows.state.work import CLOCK, Context, Work, decides
from flows.written.witness import names_somebody, says_when
from playbooks.conditions import Condition
from playbooks.frozen import frozen
from playbooks.model import END

REVIEW_QUESTIONS = ("happened", "well", "badly", "change")
"""The after-action review: what happened, what went well, what went badly, what is to change."""

DRILL_QUESTIONS = ("planned", "happened", "why", "keep", "change")
"""The debrief of a drill: what was planned, what happened, why it differed, what to keep and what to change."""


SOURCES = ("vendor", "expert")
"""Who can make sure that it was nothing where an attack is feared."""


@frozen
class Obstacle:
    """Something that stands in the way of closing: a ``step``, the paper ``sheets``, or a decision to ``ratify``."""

    kind: str
    track: str = ""
    step: str = ""
    count: int = 0


def review_questions(run: Run) -> tuple[str, ...]:
    """Give the questions of a run's review; what takes three minutes has none."""
    if run.exercise is None:
        return REVIEW_QUESTIONS
    return DRILL_QUESTIONS if run.exercise.kind.slot == "marked" else ()


def obstacles(run: Run, context: Context) -> list[Obstacle]:
    """Give all that must be done or waived before a run can close, in the order of the tracks.

    A drill ends when its time is over: what is left then counts as not done.
    """
    if run.exercise is not None:
        return []
    return left_to_do(run, context)


def left_to_do(run: Run, context: Context) -> list[Obstacle]:
    """Give all that was not done or settled, whether or not it keeps the run from closing."""
    found: list[Obstacle] = []
    if run.playbook is not None:
        for name, track in run.playbook.tracks.items():
            if name in run.tracks or _is_owed(run, name):
                found += _steps_left(run, context, name, run.tracks[name].step if name in run.tracks else track.begin)
    sheets = run.facts.get("sheets_remaining", run.facts.get("sheets_issued", "0"))
    if sheets not in ("0", "unknown") and run.sheets_waived is None:
        found.append(Obstacle("sheets", count=int(sheets) if sheets.isdigit() else 0))
    found += [Obstacle("ratify", count=d.turn) for d in run.decisions.values() if d.provisional and d.ratified is None]
    return found


def _is_owed(run: Run, name: str) -> bool:
    track = run.playbook.tracks[name] if run.playbook else None
    if track is None or (track.starts == "later" and track.stage != "recovery"):
        return False
    return track.when is None or Condition.of(track.when).holds(run.facts) is not False


def _steps_left(run: Run, context: Context, track: str, current: str) -> list[Obstacle]:
    """Follow the way a track would take by its ``done`` answers, after what was answered without being settled."""
    if run.playbook is None:
        return []
    steps = run.playbook.tracks[track].steps
    named = [name for s, step in steps.items() for name in (s, *(f"{s}/{line}" for line in step.lines))]
    unsettled = [s for s in named if (track, s) in run.answered and not run.answered[track, s].settles]
    ahead: list[str] = []
    while current != END and current not in ahead:
        ahead.append(current)
        current = steps[current].usual_goal
    names = dict.fromkeys([*unsettled, *_begun(run, context, track, ahead)])
    return [
        Obstacle("step", track, s)
        for s in names
        if not run.playbook.step(track, s).optional
        and applies(run.playbook.step(track, s), run, context)
        and (track, s) not in run.waived
        and not (s in ahead and s != ahead[0] and (track, s) in run.answered and run.answered[track, s].settles)
    ]


def _begun(run: Run, context: Context, track: str, ahead: list[str]) -> Iterator[str]:
    """Give what lies ahead; in the place of a card whose lines are partly answered, the lines that are not."""
    for name in ahead:
        begun = any(run.line_answer(track, name, line) for line in run.text_of(track, name).lines)
        yield from (f"{name}/{line}" for line in open_lines(run, context, track, name)) if begun else (name,)


@decides
def waive(work: Work, command: Waive) -> None:
    """Let all that stands in the way go undone; only the director or a deputy may, with a reason."""
    run, context, reason = work.run, work.context, command.reason
    if not run.live:
        raise Refused("stale")
    left = [o for o in obstacles(run, context) if o.kind != "ratify"]
    if not left:
        raise Refused("nothing_to_waive")
    if not reason:
        work.add(Asked(context.actor, "waive"))
        return
    work.add(
        Waived(
            tuple(f"{o.track}/{o.step}" for o in left if o.kind == "step"),
            reason,
            sheets=any(o.kind == "sheets" for o in left),
        )
    )


@takes("waive")
def _waived(work: Work, _: Mapping[str, Any], text: str) -> None:
    order(work, Waive(work.run.id, text))


@tells
def _waiver(run: Run, event: Waived, how: Circumstances) -> Iterator[Owed]:
    said = LeftUndone(event.steps, event.sheets)
    yield Owed(how.actor, said, run.id, priority=SOON)


# ── the review ──────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def close(work: Work, _: Close) -> None:
    """Begin the review, or refuse with everything that is still missing."""
    run, context = work.run, work.context
    if run.state == "reviewing":
        if ready_to_sign(run):
            raise Refused("stale")
        ask_next(work)
        return
    if not run.live or run.playbook is None:
        raise Refused("stale")
    left = obstacles(run, context)
    if left:
        raise Refused("close", run=run.id, obstacles=[vars(o) for o in left])
    for shown in run.open_steps():
        work.add(StepReleased(shown.turn, "closing"))
    work.add(ReviewBegun())
    ask_next(work)


def ask_next(work: Work) -> None:
    """Ask the actor the next review question; after the last one the sign-off is due."""
    question = next((q for q in review_questions(work.run) if q not in work.run.review), None)
    if question is not None:
        work.add(Asked(work.context.actor, "review", {"question": question}))


@decides
def skip(work: Work, command: SkipQuestion) -> None:
    """Leave a review question unanswered."""
    answer_review(work, command.question, "")


@takes("review")
def _review(work: Work, about: Mapping[str, Any], text: str) -> None:
    answer_review(work, about["question"], text)


def answer_review(work: Work, question: str, text: str) -> None:
    """Take the answer to a review question (empty: nothing to say) and ask the next."""
    if work.run.state != "reviewing" or question in work.run.review or question not in review_questions(work.run):
        raise Refused("stale")
    work.add(ReviewAnswered(question, text))
    ask_next(work)


def ready_to_sign(run: Run) -> bool:
    """Say whether only the sign-off is missing."""
    return run.state == "reviewing" and all(q in run.review for q in review_questions(run))


@tells
def _review_begun(run: Run, _: ReviewBegun, how: Circumstances) -> Iterator[Owed]:
    return _to_sign(run, how) if ready_to_sign(run) else drill_over(run, how.context)


@tells
def _review_answered(run: Run, _: ReviewAnswered, how: Circumstances) -> Iterator[Owed]:
    return _to_sign(run, how) if ready_to_sign(run) else iter(())


def _to_sign(run: Run, how: Circumstances) -> Iterator[Owed]:
    chain = [m.id for m in how.context.chain()]
    return (Owed(m, SignOffAsk(), run.id, priority=NEXT) for m in ([how.actor] if how.actor in chain else chain))


# ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def sign_off(work: Work, _: SignOff) -> None:
    """Close the run in the name of the director or a deputy."""
    if not ready_to_sign(work.run):
        raise Refused("stale")
    release_now(work)
    work.add(Closed())


@decides
def call_off(work: Work, command: CallOff) -> None:
    """End a false alarm (break off a drill) with a reason; before a playbook was chosen the reporter may, too, without one."""
    run, context, reason = work.run, work.context, command.reason
    if not run.live:
        raise Refused("stale")
    if run.attacked and command.source not in SOURCES:
        work.add(Asked(context.actor, "false_alarm_source"))
        return
    if not reason and run.playbook is not None and not run.circle_asked:
        work.add(Asked(context.actor, "call_off"))
        return
    for shown in run.open_steps():
        work.add(StepReleased(shown.turn, "closing"))
    work.add(FalseAlarm(reason or "", command.source or ""))


@decides
def switch(work: Work, command: SwitchPlaybook) -> None:
    """Go on with what was proposed, once somebody who knows has made sure that it is no attack; with an attack at once."""
    run, context = work.run, work.context
    signs = [p for p in run.pleas.values() if p.waits and p.about.get("attack") == command.playbook]
    if run.live and signs and run.playbook is not None and run.playbook.event != "cyber_attack":
        hand_over(work, command.playbook)
        for plea in signs:
            work.add(PleaAnswered(plea.of))
        assign(work)
        return
    if not run.attacked or not run.live or run.proposed != command.playbook:
        raise Refused("stale")
    if command.source not in SOURCES or not command.reason:
        work.add(Asked(context.actor, "false_alarm_source", {"to": command.playbook}))
        return
    if run.facts.get(POSTURE):
        work.add(FactsLearned({POSTURE: "none"}))
    hand_over(work, command.playbook, command.reason, command.source)
    assign(work)


@decides
def confirm_false(work: Work, command: ConfirmFalse) -> None:
    """Ask who has made sure of it, and when."""
    asking = work.run.asking.get(work.context.actor)
    asked = asking is not None and asking.what == "false_alarm_source"  # whom they tapped first is who is asked about
    if asking is None or not asked or not work.run.live or not work.run.attacked or command.source not in SOURCES:
        raise Refused("stale")
    to = {"to": asking.about["to"]} if "to" in asking.about else {}
    work.add(Asked(work.context.actor, "false_alarm_by", {"source": command.source, **to}))


@takes("false_alarm_source")
def _no_source(work: Work, about: Mapping[str, Any], text: str) -> None:
    """Keep words as a note: alone they end nothing where an attack is feared."""
    ask_once_more(work, "false_alarm_source", about, text)


@takes("false_alarm_by")
def _made_sure(work: Work, about: Mapping[str, Any], text: str) -> None:
    """End it on the word of somebody with a name, at a time; 「はい」 is neither."""
    if not (names_somebody(text) and says_when(text)):
        ask_once_more(work, "false_alarm_by", about, text)
        return
    run, source = work.run.id, about["source"]
    work.add(AskingDropped(work.context.actor))
    order(work, SwitchPlaybook(run, about["to"], text, source) if "to" in about else CallOff(run, text, source))


@takes("call_off")
def _called_off(work: Work, _: Mapping[str, Any], text: str) -> None:
    order(work, CallOff(work.run.id, text))


@decides
def reopen(work: Work, command: Reopen) -> None:
    """Let an ended run go on, with a reason."""
    reason = command.reason
    if work.run.live:
        raise Refused("stale")
    if not run_may(work.run.state, "reopen", work.run.mode):
        raise Refused("not_now", state=work.run.state, move="reopen")
    if not reason:
        work.add(Asked(work.context.actor, "reopen"))
        return
    work.add(Reopened(reason))
    if work.run.commander is None:
        work.add(CommandTaken(work.context.actor))


@takes("reopen")
def _reopened(work: Work, _: Mapping[str, Any], text: str) -> None:
    work.add(AskingDropped(work.context.actor))
    order(work, Reopen(work.run.id, text))


@tells
def _turned(run: Run, _: Reopened | Aborted, how: Circumstances) -> Iterator[Owed]:
    return _told_to_all(run, how)


def _told_to_all(run: Run, how: Circumstances) -> Iterator[Owed]:
    said = message_of(f"run_{run.state}", {"by": how.actor})
    return (Owed(m, said, run.id, priority=AT_ONCE) for m in everybody(how.context) if _knows(run, m, how.context))


def _knows(run: Run, member: str, context: Context) -> bool:
    """Say whether somebody has heard of the run: what was never rung out to them is no news when it ends."""
    heard = {*alarmed(run, context), *(m.id for m in context.chain())}
    return run.exercise is not None or run.grade == "urgent" or member in heard


@tells
def _false_alarm(run: Run, event: FalseAlarm, how: Circumstances) -> Iterator[Owed]:
    if run.playbook is not None and not run.circle_asked:
        yield from _told_to_all(run, how)
    elif how.actor != CLOCK:  # what time puts away was never more than a question
        nudged = run.nudged_at is not None and not delicate(run, how.context)
        asked = [m.id for m in how.context.chain()] if nudged else []
        for m in dict.fromkeys([run.reporter, *(note.by for note in run.notes.values()), *asked, how.actor]):
            yield Owed(m, RunFalseAlarm(how.actor), run.id, priority=AT_ONCE)


@tells
def _closed(run: Run, _: Closed, how: Circumstances) -> Iterator[Owed]:
    yield from _told_to_all(run, how)
    yield from trend(run, how.context)
