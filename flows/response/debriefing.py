"""After a drill: objectives are rated, people say what they think, under their name or not, and then it is signed off."""

from __future__ import annotations

from flows import events as ev
from flows.refusals import Refused
from flows.response.measuring import proposal
from flows.state.run import Run
from flows.state.work import Work

RATINGS = ("p", "s", "m", "u")
"""Without trouble, some trouble, much trouble, not done (HSEEP's P, S, M, U); shown as ○ △ × 未実施."""

LONGEST = 1000


def rate(work: Work, objective: str, rating: str) -> None:
    """Rate an objective, or take the proposal for every one that is not rated yet (``all``)."""
    exercise = work.run.exercise
    if exercise is None or work.run.state != "reviewing":
        raise Refused("stale")
    _only_leaders(work)
    if objective == "all":
        left = [o for o in exercise.objectives if o.id not in exercise.ratings]
        for one in left:
            work.add(ev.ObjectiveRated(one.id, proposal(work.run, one)))
        if not left:
            raise Refused("stale")
        return
    if objective not in {o.id for o in exercise.objectives} or rating not in RATINGS:
        raise Refused("stale")
    work.add(ev.ObjectiveRated(objective, rating))


def _only_leaders(work: Work) -> None:
    exercise = work.run.exercise
    leads = {m.id for m in work.context.chain()} | ({exercise.facilitator, exercise.begun_by} if exercise else set())
    if work.context.actor not in leads:
        raise Refused("chain_only")


def ask_feedback(work: Work) -> None:
    """Wait for what somebody thinks of the drill, under their name."""
    may_speak(work.run)
    work.add(ev.Asked(work.context.actor, "feedback"))


def may_speak(run: Run, text: str = "") -> None:
    """Refuse what is said too early, too late (``stale``) or at too great length (``too_long``)."""
    if run.exercise is None or run.exercise.released or run.state != "reviewing":
        raise Refused("stale")
    if len(text) > LONGEST:
        raise Refused("too_long", most=LONGEST, length=len(text))


def take_feedback(work: Work, text: str) -> None:
    """Take what was said under a name."""
    may_speak(work.run, text)
    work.add(ev.FeedbackGiven(text))


def release(work: Work) -> None:
    """Show all that was said without a name, at once and in the order of the alphabet, which tells nothing."""
    if work.run.exercise is None or work.run.exercise.released:
        raise Refused("stale")
    _only_leaders(work)
    release_now(work)


def release_now(work: Work) -> None:
    """Release what was held, if there is anything; the journal then holds it without a name."""
    exercise = work.run.exercise
    if exercise is not None and not exercise.released:
        held = work.context.ballots(work.run.id)
        work.add(ev.FeedbackReleased(tuple(sorted(held))))
