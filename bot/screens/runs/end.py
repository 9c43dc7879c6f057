"""How the end of a run is said: what is still missing, the waiver, the review, the sign-off; and what the bot waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.screens.cards import service_name
from bot.screens.labels import button
from bot.screens.requests.drilling import AskImprovement, MakeImprovement
from bot.screens.runs.duty_lines import board_lines
from bot.screens.runs.promise import to_call_again
from bot.screens.runs.run import title
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from bot.words.explaining import mark_of
from bot.words.tasks import measures_without_owner
from flows.commands.people import (
    Close,
    ConfirmFalse,
    DropQuestion,
    SignOff,
    SkipQuestion,
    SwitchPlaybook,
    Waive,
    WriteLater,
)
from flows.messages.ending import (
    CloseRefused,
    LeftUndone,
    RunAborted,
    RunBrokenOff,
    RunClosed,
    RunFalseAlarm,
    RunReopened,
    SignOffAsk,
)
from flows.messages.notes import AnswerAwaited
from flows.messages.steps import PlaybookChanged, SwitchWanted
from flows.powers import CHAIN
from flows.response.closing import SOURCES, review_questions
from flows.response.notes import asks_more
from flows.response.reporting import duties_now
from flows.scene.circle import delicate
from flows.scene.pulled import called, pulled
from playbooks.pictures import pictures

SHOWN_MEASURES = 5
"""How many of the measures that were written are offered as improvements at once."""

SHOWN_OBSTACLES = 12
"""How many of the things still to do are named in one message."""


@shows
def close_refused(scene: SceneOf[CloseRefused]) -> Screen:
    """Say what still stands in the way of closing, and offer the waiver to those who may."""
    run, words = scene.here(), scene.words
    left = [_obstacle(scene, obstacle) for obstacle in scene.message.obstacles]
    shown = left[:SHOWN_OBSTACLES]
    if len(left) > len(shown):
        shown.append(words.say("close.more", count=len(left) - len(shown)))
    waive = Waive(run.id)
    return Screen(words.say("close", left=shown), rows(button(scene, waive) if scene.may(waive) else None))


def _obstacle(scene: Scene, found: Mapping[str, Any]) -> str:
    if found["kind"] != "step":
        return scene.words.say(f"close.{found['kind']}", count=found["count"])
    step = scene.here().text_of(str(found["track"]), str(found["step"]))
    return shorten(step.ask.in_language(scene.words.language), 60)


@shows
def waived(scene: SceneOf[LeftUndone]) -> Screen:
    """Confirm a waiver and lead on to the end."""
    return Screen(scene.words.say("waived"), rows(button(scene, Close(scene.here().id))))


@shows
def sign_off(scene: SceneOf[SignOffAsk]) -> Screen:
    """Ask for the last word; what is to become better gets an owner before it."""
    run = scene.here()
    if run.exercise is not None:
        return Screen(scene.words.say("sign_off", written=(), owed=()), rows(button(scene, SignOff(run.id))))
    written = measures_without_owner(run, scene.engine.house.tasks.values())[:SHOWN_MEASURES]
    offered = [button(scene, MakeImprovement(run.id, mark_of(text)), text=shorten(text, 24)) for text in written]
    said = scene.words.say("sign_off", written=[shorten(text, 200) for text in written], owed=_owed(scene))
    return Screen(said, rows(button(scene, SignOff(run.id)), *offered, button(scene, AskImprovement(run.id))))


@shows
def ended(scene: SceneOf[RunClosed | RunReopened | RunFalseAlarm | RunBrokenOff | RunAborted]) -> Screen:
    """Tell everybody that a run ended or goes on."""
    run, words = scene.here(), scene.words
    by, facts = words.who(scene.message.by), dict[str, object]()
    if isinstance(scene.message, RunFalseAlarm):
        facts = _goes_back(scene, run.end_source)
        if run.playbook is None or run.circle_asked:
            key = "kept_from_all" if delicate(run, scene.context) else "called_off_unopened"
            return Screen(words.say(key, title=title(scene)), rows(button(scene, WriteLater(run.id))))
    if isinstance(scene.message, RunClosed):
        facts = {"owed": _owed(scene) if scene.may(CHAIN) else ()}
    text = words.say(scene.message.kept_as, title=title(scene), who=by, reason=run.end_reason or "", **facts)
    return Screen(text, rows(None if run.live else button(scene, WriteLater(run.id))))


def _owed(scene: Scene) -> list[str]:
    """Name the reports that a run still owes when it ends, the nearest days first; a drill owes none."""
    run = scene.here()
    return [] if run.drill else board_lines(scene, tuple(d for d in duties_now(run, scene.context.today) if d.wanted))


@shows
def handed_over(scene: SceneOf[PlaybookChanged]) -> Screen:
    """Tell that another playbook is followed from here on; where an attack had been feared, on whose word, and what goes back."""
    reason, source = scene.message.reason, scene.message.source
    return Screen(scene.words.say("handed_over", title=title(scene), reason=reason, **_goes_back(scene, source)))


@shows
def switch_wanted(scene: SceneOf[SwitchWanted]) -> Screen:
    """Say that it seems to be something else, which waits for somebody who knows; those who decide may say that they made sure."""
    run, words = scene.here(), scene.words
    wanted = SwitchPlaybook(run.id, scene.message.playbook)
    known = scene.engine.handbook.playbooks.get(scene.message.playbook)
    named = known.title.in_language(words.language) if known else scene.message.playbook
    may = scene.may(wanted)
    text = words.say("switch", who=words.who(scene.message.by), title=named, may=may)
    return Screen(text, rows(button(scene, wanted) if may and run.proposed == scene.message.playbook else None))


def _goes_back(scene: Scene, source: str) -> dict[str, object]:
    """Give what was pulled and goes back, who has made sure, and, to those who decide, who outside has to hear of it."""
    run, words = scene.here(), scene.words
    known, language = pictures(), words.language
    return {
        "source": words.say(f"false_alarm.{source}") if source else "",
        "pulled": words.joined(known[name].title.in_language(language) for name in pulled(run)),
        "told": words.joined(service_name(scene, who) for who in called(run)) if scene.may(CHAIN) else "",
    }


@shows
def asking(scene: SceneOf[AnswerAwaited]) -> Screen:
    """Say what the bot waits for, with a way out."""
    run, words = scene.here(), scene.words
    waits = run.asking.get(scene.reader)
    what, about = (waits.what, waits.about) if waits else (scene.message.what, {})
    drop = button(scene, DropQuestion(run.id))
    if what == "review":
        questions = review_questions(run)
        question = about.get("question", questions[0])
        text = words.say(f"review.{question}")
        skip = button(scene, SkipQuestion(run.id, question))
        number = questions.index(question) + 1
        return Screen(words.say("asking.review", number=number, of=len(questions), question=text), rows(skip))
    if what == "decision":
        return Screen(
            words.say("asking.decision", decision=words.say(f"decision.{about.get('decision', 'reopen')}")), rows(drop)
        )
    if what == "not_owed" and run.duties is not None:
        caution = run.duties.duties[str(about["duty"])].caution if about else None
        warned = caution.in_language(words.language) if caution else ""
        return Screen(words.say("asking.not_owed", caution=warned), rows(drop))
    if what == "promise":
        called = to_call_again(scene, about["of"]) if about else None
        text = words.say("asking.promise", card=called.text if called else "")
        return Screen(text, rows(drop), called.native if called else None, wants_text=True)
    if what == "false_alarm_source":
        sure = (ConfirmFalse(run.id, source) for source in SOURCES)
        known = [button(scene, one, f"button.confirm_false.{one.source}") for one in sure if scene.may(one)]
        return Screen(
            words.say("asking.false_alarm_source", pulled=bool(pulled(run)), switch="to" in about), rows(*known, drop)
        )
    if waits and asks_more(waits):
        left = button(scene, DropQuestion(run.id), "button.not_known")
        return Screen(words.say(f"asking.{what}.more"), rows(left), wants_text=True)
    again = ".again" if about.get("again") else ""
    key = "asking.call_off.drill" if what == "call_off" and run.drill else f"asking.{what}{again}"
    return Screen(words.say(key), rows(drop), wants_text=True)
