"""What is owed to whom after something happened: names of messages and the facts they need, never words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.events.event import Event
from flows.events.papers import OpenedAtMachine
from flows.events.telling import EvidenceKept
from flows.events.working import Asked, AskingDropped
from flows.helping import minute
from flows.helping.unsure import can_go
from flows.leading.downtime import stopped_since
from flows.listening.pleas import is_found
from flows.messages.calling import (
    Alarm,
    AlarmAgain,
    AskPlaybook,
    BriefingCard,
    BriefingLine,
    CommandAsk,
    CommandOpen,
    CommandWanted,
    DowntimeNear,
    SpokenWith,
    VoiceCallWanted,
    WelcomeBack,
    WhereNow,
    WhereWeStand,
    WhoMayKnow,
)
from flows.messages.drilling import DrillCall, DrillCallAgain, Facilitation, Happening, QuizQuestion
from flows.messages.helping import GoThere, HelpCalledOut, HelpOnItsWay, HelpWanted, MinuteWanted
from flows.messages.notes import AnswerAwaited, DoneOffered, PleaRaised, RatifyAsk
from flows.messages.promising import PromiseMissed
from flows.messages.reporting import DutiesDue
from flows.messages.steps import StepOpen, StepReminder, StepWaiting, SwitchWanted
from flows.record.journal import BOARD, Owed
from flows.response.audience import Circumstances, followers, tells
from flows.response.drilling import next_question
from flows.response.reporting import reminded_on, still_to_do
from flows.scene.circle import circle
from flows.scene.voice import still_wanted
from flows.state.run import Run
from flows.state.work import Context

_NOT_ON_THE_BOARD = (EvidenceKept, Asked, AskingDropped, OpenedAtMachine)


def notifications(run: Run, happened: Sequence[tuple[int, Event]], context: Context) -> list[Owed]:
    """Give what a command's events (with their turns) owe to people; ``run`` is the run after them.

    Nothing of it goes to whoever isn't to know of the run.
    """
    together = [event for _, event in happened]
    owed = list[Owed]()
    for turn, event in happened:
        if tell := tells.of(run, event):
            owed += tell(Circumstances(turn, together, context))
    if not all(isinstance(event, _NOT_ON_THE_BOARD) for event in together):
        shown = {
            one.to for one in owed if isinstance(one.message, WelcomeBack)
        }  # it says the same, and would come twice
        owed += (one for one in boards([run], context) if one.to not in shown)
    inside = circle(run, context)
    return owed if inside is None else [one for one in owed if one.to in inside]


def boards(runs: Iterable[Run], context: Context) -> list[Owed]:
    """Give the edit of each follower's board, for when what it shows has changed, in the run or outside of it.

    Something small has none, nor has what nobody is told of yet: they are shown to whoever asks.
    """
    return [
        Owed(m, WhereWeStand(), run.id, key=f"board:{run.id}", priority=BOARD, silent=True, edits=True)
        for run in runs
        if run.playbook is not None and not run.small and not run.circle_asked
        for m in followers(run, context)
        if not _at_first_step(run, m, context)
    ]


def _at_first_step(run: Run, member: str, context: Context) -> bool:
    """Say whether it is whoever reported, or decides while nobody leads: they have just read all of it, and their first step waits.

    A board would only keep them from it.
    """
    answered = any(done.by == member for done in run.answered.values())
    deciding = run.commander is None and any(one.id == member for one in context.chain())
    return (member == run.reporter or deciding) and not answered and run.open_step_of(member) is not None


def still_true(owed: Owed, run: Run, member: str) -> bool:
    """Say whether a message that waits to be sent still holds: what a later event made untrue is not sent any more."""
    match owed.message:
        case AskPlaybook():
            return run.state == "reported"
        case WhoMayKnow():
            return run.live and run.circle_asked
        case AlarmAgain() if is_found(run):
            return False
        case Alarm() | AlarmAgain() | DrillCall() | DrillCallAgain():
            return run.live and member not in run.acknowledged
        case CommandOpen():
            return run.live and run.command_offered is not None
        case CommandAsk() | SpokenWith():
            return run.live and run.commander is None
        case CommandWanted(_, you):
            return run.live and (not you or member in run.handed_to)
        case BriefingCard() | BriefingLine():
            return run.live
        case DowntimeNear():
            return stopped_since(run) is not None
        case VoiceCallWanted(turn):
            return owed.edits or still_wanted(run, run.voice_calls[turn])
        case StepOpen(turn) | StepReminder(turn):
            shown = run.shown.get(turn)
            return shown is not None and shown.open
        case HelpCalledOut(turn):
            return run.shown[turn].open
        case HelpOnItsWay(of) | GoThere(of):
            return run.shown[run.help_calls[of].shown].open
        case HelpWanted(of):
            return owed.edits or can_go(run, run.help_calls[of])
        case WhereNow():
            return run.live
        case MinuteWanted(of):
            return owed.edits or minute.still_wanted(run, run.minutes[of])
        case DoneOffered(_, turn):
            shown = run.shown.get(turn)
            return shown is not None and shown.open
        case PleaRaised(turn):
            return run.live and run.pleas[turn].answered is None
        case SwitchWanted(playbook):
            return run.live and run.proposed == playbook
        case StepWaiting(turn):
            shown = run.shown.get(turn)
            return shown is not None and any(t == shown.track for t, _ in run.waiting())
        case QuizQuestion(number):
            return run.live and run.exercise is not None and next_question(run.exercise, member) == number
        case Happening() | Facilitation():
            return run.live
        case AnswerAwaited():
            return member in run.asking
        case PromiseMissed(turn):
            promise = run.promises.get(turn)
            return run.live and promise is not None and promise.kept is None and promise.reminded
        case DutiesDue(day):
            return any(still_to_do(run, duty, what) for duty, what in reminded_on(run, day))
        case RatifyAsk(turn):
            made = run.decisions.get(turn)
            return made is not None and made.ratified is None
        case _:
            return True
