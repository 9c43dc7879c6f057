"""[Undo]: somebody takes back their own last answer, or a line of a card, as long as nobody has built on it; what was pulled stays pulled."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.people import Undo
from flows.events.working import AnswerUndone, StepReleased, StepShown
from flows.messages.helping import StaysUndone
from flows.messages.steps import AnswerOpenAgain, StepOpen, StepTaken
from flows.record.journal import AT_ONCE, NEXT, SOON, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, leaders, screen_key, tells, undone_key
from flows.response.steps import assign, show_first
from flows.scene.pulled import LEADS
from flows.scene.undoing import stands, undoing
from flows.state.run import Run
from flows.state.work import Work, decides


@decides
def undo(work: Work, command: Undo) -> None:
    """Let the step stand open again with whoever had it, the facts be as they were, and what had begun by it end."""
    run, context = work.run, work.context
    answered = next((a for a in run.answered.values() if a.turn == command.of), None)
    if answered is None:
        raise Refused("stale")
    here = undoing(run, context, context.actor, command.of)
    why = stands(run, context, context.actor, command.of)
    if here is None or why is not None:
        raise Refused(why or "gone_on")
    had = run.shown[answered.shown]
    for shown in run.open_steps():
        if shown.track in (here.track, *here.ends) and shown.turn != had.turn:
            work.add(StepReleased(shown.turn, "undone"))
    work.add(AnswerUndone(here.of, here.track, here.steps, here.restores, here.forgets, here.ends))
    if not had.open and had.member not in context.busy and context.can_act(had.member):
        show_first(work, here.track, run.tracks[here.track].step, had.member)
    assign(work)


@tells
def _undone(run: Run, event: AnswerUndone, how: Circumstances) -> Iterator[Owed]:
    step = event.steps[0]
    hands = any(run.text_of(event.track, name).picture in LEADS for name in event.steps)
    again = AnswerOpenAgain(event.track, step, hands, event.steps[1:])
    yield Owed(how.actor, again, run.id, priority=AT_ONCE)
    anew = next((e for e in how.together if isinstance(e, StepShown) and e.track == event.track), None)
    before = [s for s in run.shown.values() if (s.released, s.why) == (how.turn, "undone")]
    for shown in (
        before if anew is not None else ()
    ):  # where it was answered it is neither done any more nor taken back again
        key = screen_key(run, shown.turn)
        yield Owed(shown.member, StepTaken(shown.turn, "reopened"), run.id, key=key, priority=AT_ONCE, edits=True)
    for member in leaders(run, how.context):
        key = undone_key(run.id, event.track, step)
        yield Owed(member, StaysUndone(event.of), run.id, key=key, priority=SOON, edits=True)
    card = next((s for s in run.open_steps() if s.track == event.track and s.turn < event.of), None)
    if card is not None:
        yield Owed(card.member, StepOpen(card.turn), run.id, key=screen_key(run, card.turn), priority=NEXT, edits=True)
