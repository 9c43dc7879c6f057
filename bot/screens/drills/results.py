"""How a drill's result is said: roll call, times against targets, quiz, ratings, and the drill before it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.channel import Button
from bot.documents.orders import TREND, Order
from bot.screens.buttons import data_of
from bot.screens.drills.running import exercise_of, name_of, said
from bot.screens.labels import button
from bot.screens.requests.drilling import (
    AskImprovement,
    GiveImprovement,
    SayItHolds,
    ShowVendorsThere,
    ShowVendorThere,
)
from bot.screens.scene import Rows, Scene, SceneOf, Screen, lines, rows, shorten, shows
from bot.words.tasks import task_text
from flows.commands.drilling import AskVendorLesson, RateObjective, ReleaseFeedback, TellVendor
from flows.commands.people import Close, SignOff
from flows.messages.drilling import (
    AskImprovementOwner,
    DrillResult,
    DrillTrend,
    ImprovementAsked,
    VendorAtDrill,
    VendorsAtDrill,
)
from flows.response.closing import ready_to_sign
from flows.response.debriefing import ATTENDING, RATINGS
from flows.response.measuring import YARDSTICK, RollCall, previous, proposal, quiz, roll_call, series, taken
from flows.state.house import Task
from flows.state.run import Run

SIGNS = {"p": "○", "s": "△", "m": "×", "u": "－"}
"""How ratings stand in a line; 未実施 is a dash there."""


@shows
def drill_result(scene: SceneOf[DrillResult]) -> Screen:
    """Give the result as it stands, with what whoever leads can still do about it."""
    run = scene.here()
    return Screen(lines(list(result_lines(scene, run))), _moves(scene, run))


def result_lines(scene: Scene, run: Run) -> Iterator[str]:
    """Give a drill's result line by line."""
    words, exercise = scene.words, exercise_of(scene)
    yield words.say("drill.result", name=name_of(scene, exercise))
    called = roll_call(run)
    if called.rate is not None:
        yield words.say("drill.roll_call", **_called(called), silent=words.people(list(called.silent)))
        yield words.say("drill.yardstick", **YARDSTICK)
    times = taken(run)
    if times:
        yield words.say("drill.times")
    for one in times:
        title, target = said(scene, one.measure.title), one.measure.target_minutes
        minutes = "" if one.minutes is None else f"{one.minutes:.0f}"
        yield words.say("drill.time", sign=SIGNS[one.rating], title=title, minutes=minutes, target=target)
    answered = quiz(run)
    if answered is not None:
        asked = {q.id: said(scene, q.ask) for q in exercise.questions}
        hardest = [shorten(asked[q], 60) for q in answered.hardest[:2]]
        yield words.say("drill.quiz", right=answered.right, given=answered.given, hardest=hardest)
    found = [t for t in scene.engine.house.tasks.values() if t.what == "number_wrong" and _during(run, t)]
    if found:
        yield words.say("drill.numbers", count=len(found))
    before = previous(run, scene.engine.runs())
    if before is not None:
        yield _before(scene, before, called)
    if run.state == "reviewing" and exercise.objectives:
        yield words.say("drill.objectives")
        yield from (_objective(scene, run, o.id, said(scene, o.text)) for o in exercise.objectives)


def _called(called: RollCall) -> dict[str, object]:
    middle = "" if called.median is None else f"{called.median:.1f}"
    confirmed = len(called.minutes)
    return {
        "confirmed": confirmed,
        "called": confirmed + len(called.silent),
        "rate": f"{called.rate:.0f}",
        "median": middle,
    }


def _during(run: Run, task: Task) -> bool:
    return (run.declared_at or task.opened_at) <= task.opened_at and (
        run.ended_at is None or task.opened_at <= run.ended_at
    )


def _before(scene: Scene, before: Run, now: RollCall) -> str:
    then = roll_call(before)
    day = scene.context.roster.facility.local(before.exercise.begun_at) if before.exercise else None
    faster = then.median is not None and now.median is not None and now.median < then.median
    return scene.words.say(
        "drill.before",
        day=f"{day:%Y-%m-%d}" if day else "",
        faster=faster,
        rate=f"{then.rate:.0f}" if then.rate is not None else "",
        median=f"{then.median:.1f}" if then.median is not None else "",
    )


def _objective(scene: Scene, run: Run, objective: str, text: str) -> str:
    exercise = exercise_of(scene)
    known = next(o for o in exercise.objectives if o.id == objective)
    rated = exercise.ratings.get(objective)
    sign = SIGNS[rated or proposal(run, known)]
    return scene.words.say("drill.objective", sign=sign, text=text, proposed=rated is None)


def _moves(scene: Scene, run: Run) -> Rows:
    exercise, words = exercise_of(scene), scene.words
    if run.state != "reviewing":
        return rows(button(scene, Close(run.id))) if run.live and scene.may(Close(run.id)) else ()
    found: list[Button | None] = []
    if any(o.id not in exercise.ratings for o in exercise.objectives):
        found.append(button(scene, RateObjective(run.id, "all"), "button.rate_all"))
    for objective in exercise.objectives:
        now = exercise.ratings.get(objective.id) or proposal(run, objective)
        following = RATINGS[(RATINGS.index(now) + 1) % len(RATINGS)]
        label = f"{SIGNS[now]}→{SIGNS[following]} {said(scene, objective.text)}"[:64]
        found.append(Button(label, data_of(RateObjective(run.id, objective.id, following))))
    done = [t for t in scene.engine.house.tasks.values() if t.id in exercise.verifies and t.state == "done"]
    for task in done:
        text = shorten(task_text(words, task), 40)
        found += [
            button(scene, SayItHolds(task.id, run.id, "yes"), text=text),
            button(scene, SayItHolds(task.id, run.id, "no"), text=text),
        ]
    with_vendors = exercise.scenario is not None and scene.context.roster.vendors()
    found.append(button(scene, ShowVendorsThere(run.id)) if with_vendors else None)
    found.append(button(scene, AskImprovement(run.id)))
    found.append(button(scene, ReleaseFeedback(run.id)) if not exercise.released else None)
    found.append(button(scene, SignOff(run.id)) if ready_to_sign(run) and scene.may(SignOff(run.id)) else None)
    return rows(*found)


@shows
def vendors(scene: SceneOf[VendorsAtDrill]) -> Screen:
    """Ask which vendor took part."""
    run = scene.here()
    found = (Button(v.name[:64], data_of(ShowVendorThere(run.id, v.id))) for v in scene.context.roster.vendors())
    return Screen(scene.words.say("vendors_at_drill"), rows(*found))


@shows
def vendor(scene: SceneOf[VendorAtDrill]) -> Screen:
    """Ask whether a vendor took part, or say so; what was learnt with them can be written."""
    run, exercise, contact = scene.here(), exercise_of(scene), scene.message.contact
    known, how = scene.context.roster.contact(contact), exercise.vendors.get(contact, "")
    text = scene.words.say(
        "vendor_at_drill",
        name=known.name if known else contact,
        how=scene.words.say(f"vendor_came.{how}") if how else "",
        lesson=exercise.lessons.get(contact, ""),
    )
    if known is None or not run.live or not scene.may(TellVendor(run.id, contact, "")):
        return Screen(text)
    others = (button(scene, TellVendor(run.id, contact, one), f"vendor_came.{one}") for one in ATTENDING if one != how)
    return Screen(text, rows(*others, button(scene, AskVendorLesson(run.id, contact)) if how else None))


@shows
def ask_improvement(scene: SceneOf[ImprovementAsked]) -> Screen:
    """Ask what is to become better."""
    return Screen(scene.words.say("improvement.ask"), wants_text=True)


@shows
def ask_improvement_owner(scene: SceneOf[AskImprovementOwner]) -> Screen:
    """Ask who sees to it."""
    turn, text = scene.message.turn, scene.message.text
    people = [Button(m.name, data_of(GiveImprovement(turn, m.id))) for m in scene.context.roster.active()]
    return Screen(scene.words.say("improvement.owner", text=shorten(text, 200)), rows(*people, width=2))


@shows
def drill_trend(scene: SceneOf[DrillTrend]) -> Screen:
    """Show whoever leads how the drills of this kind went so far, up to this one."""
    run, words = scene.here(), scene.words
    runs = series(run, scene.engine.runs())
    trend = Order(f"{run.id}-trend.png", TREND, "png", run.id, words.language)
    return Screen(words.say("drill.trend", name=name_of(scene, exercise_of(scene)), count=len(runs)), chart=trend)
