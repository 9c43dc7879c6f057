"""Buttons with their labels: from the request or the command behind them, and where its run stands."""

from __future__ import annotations

from collections.abc import Iterable

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.requests.request import Request
from bot.screens.scene import Scene
from flows.commands.command import Command
from flows.commands.drilling import (
    LeadExercise,
)
from flows.commands.people import (
    Acknowledge,
    CallOff,
    Claim,
    Close,
    Decide,
    Ratify,
    SettleCircle,
    ShareNote,
    TakeCommand,
    TellByMouth,
    TellOfPhotos,
    TellPresence,
)
from flows.commands.reporting import FileReport, RefuseReport, WithdrawReport
from flows.events.calling import CircleSettled
from flows.naming import kept_name
from flows.scene.circle import may_be_left_out, named_among
from flows.state.run import Run

_OF_DUTY: dict[type[Command | Request], str] = {
    FileReport: "button.file",
    RefuseReport: "button.refuse",
    WithdrawReport: "button.withdraw",
}


def button(scene: Scene, asked: Command | Request, phrase: str = "", **values: object) -> Button:
    """Give the button of a command or a request; ``phrase`` calls it otherwise than usual, ``values`` fill the phrase in."""
    label = scene.words.label(phrase, **values) if phrase else label_of(scene, asked, **values)
    return Button(label, data_of(asked))


def label_of(scene: Scene, asked: Command | Request, **values: object) -> str:
    """Give what stands on the button of a command or a request, for this reader; mostly the phrase of the command's own name."""
    words, run = scene.words, scene.run
    match asked:
        case Request(phrase=phrase):
            return words.label(phrase, **values)
        case Acknowledge():
            return words.label("button.acknowledge")
        case TellByMouth(member=member):
            person = scene.context.roster.member(member)
            return words.label("button.tell_by_mouth", name=person.name if person else "?")
        case SettleCircle() if run is not None:
            return _circle(scene, run, CircleSettled(asked.left_out).members)
        case TakeCommand():
            back = run and run.commander and scene.reader in run.asked_to_command and scene.reader not in run.handed_to
            return words.label(f"button.take_command{'.back' if back else ''}")
        case TellPresence(where=where) if where:
            return words.label(f"button.tell_presence.{where}")
        case Claim(track=track):
            name = run.playbook.tracks[track].title.in_language(words.language) if run and run.playbook else track
            return words.label("button.claim", track=name)
        case TellOfPhotos(seen=seen):
            return words.label(f"button.tell_of_photos.{seen}")
        case Ratify(verdict=verdict):
            return words.label(f"button.ratify.{verdict}")
        case Close() if run and run.exercise is not None:
            return words.label("button.close_drill")
        case LeadExercise(give_up=give_up):
            return words.label(f"button.lead.{give_up or 'no'}")
        case ShareNote() if run and not run.calls_everybody:
            return words.label("button.share_note.few")
        case CallOff() if run and run.drill:
            return words.label("button.call_off.drill")
        case FileReport(duty=duty) | RefuseReport(duty=duty) | WithdrawReport(duty=duty):
            return words.label(
                _OF_DUTY[type(asked)], duty=words.say(f"duty.{duty}") if words.has(f"duty.{duty}") else duty
            )
        case Decide(decision=decision):
            return words.label(f"decision.{decision}")
        case _:
            return words.label(f"button.{kept_name(type(asked))}")


def _circle(scene: Scene, run: Run, left_out: tuple[str, ...]) -> str:
    """Say who is told of a delicate matter, or who isn't."""
    named, others = named_among(run, scene.context), may_be_left_out(run, scene.context)
    if too := [m for m in named if m not in left_out]:
        return scene.words.label("button.settle_circle.too", people=_names(scene, too))
    if set(left_out) == set(others) and others:
        return scene.words.label("button.settle_circle.none")
    if set(left_out) == set(named):
        return scene.words.label("button.settle_circle")
    return scene.words.label("button.settle_circle.but", people=_names(scene, left_out))


def _names(scene: Scene, members: Iterable[str]) -> str:
    found = map(scene.context.roster.member, members)
    return scene.words.joined(member.name for member in found if member is not None)
