"""The orders of a drill, each to the function that does it."""

from __future__ import annotations

from flows import commands as cmd
from flows.refusals import Refused
from flows.response import debriefing, drilling, injecting
from flows.state.work import Work


def obey(work: Work, command: cmd.Command) -> None:
    """Do what only a drill knows; Refused(``not_now``) for an order that nobody knows."""
    match command:
        case cmd.BeginExercise():
            drilling.begin(work, command)
        case cmd.SendInject():
            injecting.send_by_hand(work, command.inject)
        case cmd.HoldInject():
            injecting.hold(work, command.inject)
        case cmd.SkipInject():
            injecting.skip(work, command.inject)
        case cmd.AskInject():
            injecting.ask_for_own(work)
        case cmd.LeadExercise():
            drilling.lead(work, give_up=command.give_up == "yes")
        case cmd.Excuse():
            drilling.excuse(work)
        case cmd.EndExcuse():
            drilling.end_excuse(work)
        case cmd.PauseExercise():
            drilling.pause(work)
        case cmd.ResumeExercise():
            drilling.resume(work)
        case cmd.AbortExercise():
            drilling.abort(work)
        case cmd.AnswerQuestion():
            drilling.answer_question(work, command)
        case cmd.RateObjective():
            debriefing.rate(work, command.objective, command.rating)
        case cmd.AskFeedback():
            debriefing.ask_feedback(work)
        case cmd.ReleaseFeedback():
            debriefing.release(work)
        case _:
            raise Refused("not_now", state=work.run.state, move=type(command).__name__)
