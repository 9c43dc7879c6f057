"""The labels of buttons, from the command behind them and where its run stands."""

from __future__ import annotations

from bot.screens.scene import Scene
from flows import commands as cmd


def label_of(scene: Scene, command: cmd.Command) -> str:
    """Give what stands on the button of a command, for this reader."""
    words, run = scene.words, scene.run
    match command:
        case cmd.Acknowledge():
            return words.label("button.acknowledge")
        case cmd.TellByMouth(member=member):
            person = scene.context.roster.member(member)
            return words.label("button.tell_by_mouth", name=person.name if person else "?")
        case cmd.TakeCommand():
            key = ".asked" if scene.owed.name == "command_ask" else ".back" if run and run.commander else ""
            return words.label(f"button.take_command{key}")
        case cmd.Claim(track=track):
            name = run.playbook.tracks[track].title.in_language(words.language) if run and run.playbook else track
            return words.label("button.claim", track=name)
        case cmd.Ratify(verdict=verdict):
            return words.label(f"button.ratify.{verdict}")
        case cmd.Close() if run and run.exercise is not None:
            return words.label("button.close_drill")
        case cmd.LeadExercise(give_up=give_up):
            return words.label(f"button.lead.{give_up or 'no'}")
        case cmd.CallOff() if run and run.drill:
            return words.label("button.call_off.drill")
        case cmd.FileReport(duty=duty) | cmd.RefuseReport(duty=duty):
            key = "button.file" if isinstance(command, cmd.FileReport) else "button.refuse"
            return words.label(key, duty=words.say(f"duty.{duty}") if words.has(f"duty.{duty}") else duty)
        case cmd.Decide(decision=decision):
            return words.label(f"decision.{decision}")
        case _:
            return words.label(f"button.{_PHRASE[type(command)]}")


_PHRASE: dict[type[cmd.Command], str] = {
    cmd.ShareNote: "share_note",
    cmd.AskTime: "ask_time",
    cmd.KeepAsNote: "keep_as_note",
    cmd.Waive: "waive",
    cmd.Close: "close",
    cmd.SkipQuestion: "skip_question",
    cmd.SignOff: "sign_off",
    cmd.Reopen: "reopen",
    cmd.CallOff: "call_off",
    cmd.DropQuestion: "drop_question",
    cmd.WriteLater: "write_later",
    cmd.ShowAgain: "show_again",
    cmd.MoveKnownAt: "known_at",
    cmd.AskPersons: "persons",
    cmd.AskInject: "inject_own",
    cmd.SendInject: "inject_send",
    cmd.HoldInject: "inject_hold",
    cmd.SkipInject: "inject_skip",
    cmd.AskFeedback: "feedback.yes",
    cmd.ReleaseFeedback: "feedback_release",
    cmd.Excuse: "excuse",
    cmd.EndExcuse: "end_excuse",
    cmd.PauseExercise: "pause",
    cmd.ResumeExercise: "resume",
    cmd.KeepPromise: "promise_kept",
    cmd.CallAgain: "call_again",
    cmd.AskPromisedTime: "ask_time",
}
