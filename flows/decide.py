"""May this be, and what follows: a run, a command and a context in; events or a refusal out."""

from __future__ import annotations

from flows import commands as cmd
from flows import events as ev
from flows.refusals import Refused
from flows.response import (
    alarm,
    closing,
    debriefing,
    drill_orders,
    explaining,
    injecting,
    notes,
    papers,
    promises,
    reporting,
    steps,
)
from flows.state.run import Run
from flows.state.work import Context, Work

_AFTER_THE_END = (
    cmd.Write, cmd.HandIn, cmd.Correct, cmd.KeepEvidence, cmd.LoseEvidence, cmd.LearnFacts, cmd.Reopen,
    cmd.ShowAgain, cmd.ShareNote, cmd.FileReport, cmd.ApproveExplanation, cmd.UseExplanation,
    cmd.RefuseReport, cmd.MoveKnownAt, cmd.RemindDuty, cmd.AskPersons, cmd.AskTime, cmd.Ratify,
    cmd.DropQuestion, cmd.WriteLater,
)  # fmt: skip
"""What an ended run still takes: later facts, evidence, corrections, and the order to go on."""

_SENT_BACK = ("needs_", "too_long")
"""Refusals of an answer that the person is to write differently; the question stays."""


def decide(run: Run, command: cmd.Command, context: Context) -> Work:
    """Give what a command does to a run; raises Refused and then nothing has happened."""
    work = Work(run, context)
    if run.turns and not run.live and not isinstance(command, _AFTER_THE_END):
        raise Refused("ended", state=run.state)
    try:
        _obey(work, command)
    except Refused as refusal:
        if not isinstance(command, cmd.Write) or context.actor not in run.asking or refusal.name.startswith(_SENT_BACK):
            raise
        work = Work(run, context)  # what was asked is void, somebody else has dealt with it; what they wrote is kept
        work.add(ev.AskingDropped(context.actor))
        notes.take_note(work, command.text)
    return work


def _obey(work: Work, command: cmd.Command) -> None:
    run, context = work.run, work.context
    match command:
        case cmd.Report():
            alarm.report(work, command)
        case cmd.ChoosePlaybook():
            alarm.choose(work, command.playbook)
        case cmd.Join():
            alarm.join(work, command.text)
        case cmd.Acknowledge():
            alarm.acknowledge(work, context.actor)
            steps.assign(work)
        case cmd.TellByMouth():
            alarm.acknowledge(work, command.member)
        case cmd.TakeCommand():
            alarm.take_command(work)
            steps.assign(work)
        case cmd.Claim():
            steps.claim(work, command.track)
        case cmd.AnswerStep():
            steps.answer(work, command.shown, command.answer, command.given, command.reason)
            steps.assign(work)
        case cmd.TickItem():
            steps.tick(work, command.shown, command.item)
        case cmd.Write():
            _write(work, command)
            alarm.came_back(work)
        case cmd.WriteLater():
            work.add(ev.Asked(context.actor, "later_note"))
        case cmd.HandIn():
            notes.hand_in(work, command)
        case cmd.ShareNote():
            if command.of not in run.notes or run.notes[command.of].shared:
                raise Refused("stale")
            work.add(ev.NoteShared(command.of))
        case cmd.AskTime() if not 0 < command.of <= run.turns:
            raise Refused("stale")
        case cmd.AskTime():
            work.add(ev.Asked(context.actor, "happened_at", {"of": command.of}))
        case cmd.Correct():
            notes.correct(work, command)
        case cmd.KeepAsNote():
            notes.keep_as_note(work, command)
        case cmd.KeepEvidence() | cmd.LoseEvidence() if command.of not in run.evidence:
            raise Refused("stale")
        case cmd.KeepEvidence():
            work.add(ev.EvidenceKept(command.of, command.sha256, command.bytes))
        case cmd.LoseEvidence():
            work.add(ev.EvidenceLost(command.of, command.why))
        case cmd.Decide():
            notes.decide(work, command)
        case cmd.Ratify():
            notes.ratify(work, command)
        case cmd.Waive():
            closing.waive(work, command.reason)
        case cmd.Close():
            closing.close(work)
        case cmd.SkipQuestion():
            closing.answer_review(work, command.question, "")
        case cmd.SignOff():
            closing.sign_off(work)
        case cmd.Reopen():
            closing.reopen(work, command.reason)
        case cmd.CallOff():
            closing.call_off(work, command.reason)
        case cmd.ApproveExplanation():
            explaining.approve(work, command.kind, command.language, command.text)
        case cmd.UseExplanation():
            explaining.use(work, command.kind, command.language, command.about)
        case cmd.ApproveDocument():
            papers.approve_document(work, command)
        case cmd.FileReport():
            reporting.file_report(work, command.duty, command.receipt)
        case cmd.RefuseReport():
            reporting.refuse_report(work, command.duty, command.reason)
        case cmd.MoveKnownAt():
            reporting.move_known_at(work, command.text, command.reason)
        case cmd.AskPersons():
            work.add(ev.Asked(context.actor, "persons"))
        case cmd.RemindDuty():
            work.add(ev.DutyReminded(command.duty, command.what, command.day))
        case cmd.LearnFacts():
            work.add(ev.FactsLearned(dict(command.sets)))
            steps.start_tracks_now_true(work)
            steps.assign(work)
        case cmd.DropQuestion():
            if context.actor in run.asking:
                work.add(ev.AskingDropped(context.actor))
        case cmd.AskPromisedTime():
            promises.ask_time(work, command.of)
        case cmd.CallAgain():
            promises.call_again(work, command.of)
        case cmd.KeepPromise():
            promises.keep(work, command.of)
        case cmd.RemindPromise():
            promises.remind(work, command.of)
        case cmd.NudgeReport():
            work.add(ev.ReportNudged())
        case cmd.DropReport():
            work.add(ev.FalseAlarm(""))
        case cmd.CallIn():
            alarm.call_in(work, command.member)
        case cmd.RepeatAlarm():
            alarm.repeat_alarm(work, command.member)
        case cmd.PassCommandOn():
            alarm.pass_command_on(work)
        case cmd.LapseCommand():
            alarm.lapse_command(work, command.why)
            for shown in [s for s in run.open_steps() if run.step(s).role in steps.COMMAND_ROLES]:
                work.add(ev.StepReleased(shown.turn, command.why))
        case cmd.RemindStep():
            work.add(ev.StepReminded(command.shown))
        case cmd.ReleaseStep():
            if not run.shown[command.shown].open:
                raise Refused("stale")
            _release(work, command)
        case cmd.AssignWaiting():
            steps.assign(work)
        case _:
            drill_orders.obey(work, command)


def _release(work: Work, command: cmd.ReleaseStep) -> None:
    """Open a step to others; when it was for whoever decides, the decision itself goes to the next of the chain."""
    run = work.run
    shown = run.shown[command.shown]
    work.add(ev.StepReleased(command.shown, command.why))
    if run.commander == shown.member and run.step(shown).role in steps.COMMAND_ROLES:
        alarm.lapse_command(work, "silent" if command.why == "overdue" else command.why)
    steps.assign(work)


def _write(work: Work, command: cmd.Write) -> None:
    """Give a text to what waits for it in the end of a run; everything else is a matter of notes."""
    asking = work.run.asking.get(work.context.actor)
    match asking.what if asking else None:
        case "waive":
            closing.waive(work, command.text)
        case "call_off":
            closing.call_off(work, command.text)
        case "reopen":
            work.add(ev.AskingDropped(work.context.actor))
            closing.reopen(work, command.text)
        case "explained":
            about = asking.about if asking else {}
            explaining.use(work, about["kind"], about["language"], command.text)
        case "receipt":
            reporting.file_report(work, asking.about["duty"] if asking else "", command.text)
        case "not_owed":
            reporting.refuse_report(work, asking.about["duty"] if asking else "", command.text)
        case "known_at":
            reporting.move_known_at(work, command.text, None)
        case "known_at_reason":
            reporting.move_known_at(work, asking.about["text"] if asking else "", command.text)
        case "inject":
            injecting.add_own(work, command.text)
        case "feedback":
            debriefing.take_feedback(work, command.text)
        case "review":
            closing.answer_review(work, asking.about["question"] if asking else "", command.text)
        case _:
            if not work.run.live and command.shown is not None:
                raise Refused("ended", state=work.run.state)
            notes.write(work, command)
