"""After a drill: objectives are rated, people say what they think, under their name or not, and then it is signed off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.commands.drilling import AskFeedback, AskVendorLesson, RateObjective, ReleaseFeedback, TellVendor
from flows.events.drilling import FeedbackGiven, FeedbackReleased, ObjectiveRated, VendorCame, VendorLesson
from flows.events.working import Asked
from flows.messages.drilling import DrillResult, DrillTrend, FeedbackAsk, FeedbackThanks, FeedbackTold, VendorAtDrill
from flows.powers import only
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.asking import takes
from flows.response.audience import Circumstances, tells
from flows.response.measuring import proposal, series
from flows.state.run import Run
from flows.state.work import Context, Work, decides

RATINGS = ("p", "s", "m", "u")
"""Without trouble, some trouble, much trouble, not done (HSEEP's P, S, M, U); shown as ○ △ × 未実施."""

ATTENDING = ("here", "phone", "absent")
"""How a vendor who was invited took part, or that they did not."""

LONGEST = 1000


@decides
def rate(work: Work, command: RateObjective) -> None:
    """Rate an objective, or take the proposal for every one that is not rated yet (``all``)."""
    exercise, objective, rating = work.run.exercise, command.objective, command.rating
    if exercise is None or work.run.state != "reviewing":
        raise Refused("stale")
    if objective == "all":
        left = [o for o in exercise.objectives if o.id not in exercise.ratings]
        for one in left:
            work.add(ObjectiveRated(one.id, proposal(work.run, one)))
        if not left:
            raise Refused("stale")
        return
    if objective not in {o.id for o in exercise.objectives} or rating not in RATINGS:
        raise Refused("stale")
    work.add(ObjectiveRated(objective, rating))


@decides
def ask_feedback(work: Work, _: AskFeedback) -> None:
    """Wait for what somebody thinks of the drill, under their name."""
    may_speak(work.run)
    work.add(Asked(work.context.actor, "feedback"))


def may_speak(run: Run, text: str = "") -> None:
    """Refuse what is said too early, too late (``stale``) or at too great length (``too_long``)."""
    if run.exercise is None or run.exercise.released or run.state != "reviewing":
        raise Refused("stale")
    if len(text) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(text))


@takes("feedback")
def _feedback(work: Work, _: Mapping[str, Any], text: str) -> None:
    """Take what was said under a name."""
    may_speak(work.run, text)
    work.add(FeedbackGiven(text))


@decides
def release(work: Work, _: ReleaseFeedback) -> None:
    """Show all that was said without a name, at once and in the order of the alphabet, which tells nothing."""
    if work.run.exercise is None or work.run.exercise.released:
        raise Refused("stale")
    release_now(work)


def release_now(work: Work) -> None:
    """Release what was held, if there is anything; the journal then holds it without a name."""
    exercise = work.run.exercise
    if exercise is not None and not exercise.released:
        held = work.context.ballots(work.run.id)
        work.add(FeedbackReleased(tuple(sorted(held))))


# ── vendors ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def tell_vendor(work: Work, command: TellVendor) -> None:
    """Keep whether a vendor took part in the drill, and how; said otherwise later, the last counts."""
    _with_vendor(work, command.contact)
    if command.how not in ATTENDING:
        raise Refused("stale")
    work.add(VendorCame(command.contact, command.how))


@decides
def ask_vendor_lesson(work: Work, command: AskVendorLesson) -> None:
    """Wait for what was learnt with a vendor; a question of the look back that waits is asked again after it."""
    _with_vendor(work, command.contact)
    waits = work.run.asking.get(work.context.actor)
    question = {"question": waits.about["question"]} if waits and "question" in waits.about else {}
    work.add(Asked(work.context.actor, "vendor_lesson", {"contact": command.contact, **question}))


def _with_vendor(work: Work, contact: str) -> None:
    """Refuse (``stale``) what is about no vendor, or no drill in which one can take part."""
    known = {vendor.id for vendor in work.context.roster.vendors()}
    if work.run.exercise is None or not work.run.live or contact not in known:
        raise Refused("stale")


@takes("vendor_lesson")
def _vendor_lesson(work: Work, about: Mapping[str, Any], text: str) -> None:
    """Take what was learnt with a vendor."""
    order = AskVendorLesson(work.run.id, str(about["contact"]))
    only(order, work.context, work.run)
    _with_vendor(work, order.contact)
    if len(text) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(text))
    work.add(VendorLesson(order.contact, text))
    question = about.get("question")
    if question is not None and question not in work.run.review:
        work.add(Asked(work.context.actor, "review", {"question": question}))


# ── who hears of it ─────────────────────────────────────────────────────────────────────────────────────────────────


def taking_part(run: Run, context: Context) -> list[str]:
    """Give whoever was called to a drill or began it, and is still known."""
    drill = run.exercise
    return [m for m in dict.fromkeys([*drill.called, drill.begun_by]) if context.roster.member(m)] if drill else []


def leading(run: Run, context: Context) -> list[str]:
    """Give whoever began a drill, leads it, or decides first today."""
    if run.exercise is None:
        return []
    found = [run.exercise.begun_by, run.exercise.facilitator, *(m.id for m in context.chain()[:1])]
    return [m for m in dict.fromkeys(found) if m and context.roster.member(m)]


def result(run: Run, context: Context, *, edits: bool = False) -> Iterator[Owed]:
    """Show those who lead a drill what it came to."""
    for member in leading(run, context):
        priority = 4 if edits else 3
        yield Owed(member, DrillResult(), run.id, key=f"result:{run.id}", priority=priority, edits=edits)


def drill_over(run: Run, context: Context) -> Iterator[Owed]:
    """Ask everybody what they think when a drill is over, and show its result; nothing for what is no drill."""
    if run.exercise is None:
        return
    if run.exercise.kind.slot == "marked":
        for member in taking_part(run, context):
            yield Owed(member, FeedbackAsk(), run.id, key=f"feedback:{run.id}", priority=SOON)
    yield from result(run, context)
    invited = context.house.drills.get(run.exercise.drill)
    for contact in invited.vendors if invited else ():
        yield from _vendor(run, contact, context)


def _vendor(run: Run, contact: str, context: Context) -> Iterator[Owed]:
    """Show those who lead a drill whether a vendor took part, or ask them."""
    for member in leading(run, context):
        yield Owed(member, VendorAtDrill(contact), run.id, key=f"vendor:{run.id}:{contact}", priority=SOON)


def trend(run: Run, context: Context) -> Iterator[Owed]:
    """Show those who lead a drill how it went beside those before it, if there are any."""
    if len(series(run, context.others)) > 1:
        yield from (Owed(m, DrillTrend(), run.id, priority=SOON) for m in leading(run, context))


@tells
def _rated(run: Run, _: ObjectiveRated, how: Circumstances) -> Iterator[Owed]:
    return result(run, how.context, edits=True)


@tells
def _given(run: Run, _: FeedbackGiven, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, FeedbackThanks(), run.id, priority=SOON)


@tells
def _released(run: Run, _: FeedbackReleased, how: Circumstances) -> Iterator[Owed]:
    if run.exercise is not None and run.exercise.feedback:
        yield from (Owed(m, FeedbackTold(), run.id, priority=SOON) for m in leading(run, how.context))


@tells
def _of_vendor(run: Run, event: VendorCame | VendorLesson, how: Circumstances) -> Iterator[Owed]:
    return _vendor(run, event.contact, how.context)
