"""How the calendar of drills is said: reminders, announcements, what was moved, missed, planned or cancelled."""

from __future__ import annotations

from datetime import datetime

from bot.screens.labels import button
from bot.screens.requests.drills import AskDrillReason, ShowScenarios, ShowVendors, StartIt
from bot.screens.scene import Rows, Scene, SceneOf, Screen, lines, rows, shows
from contacts.labels import WEEKDAY
from contacts.shapes.hours import WEEKDAYS
from flows.calendar.due import LATE
from flows.calendar.plans import year_plan
from flows.commands.drills import CancelDrill, StartDrill
from flows.events.drills import LEFT, NEW_CADENCE
from flows.messages.drills import (
    AboutDrill,
    DrillAhead,
    DrillHour,
    DrillNew,
    DrillNewDay,
    DrillNotHeld,
    DrillOff,
    DrillReminder,
    DrillShown,
    DrillsYear,
)
from flows.planning.planning import fiscal_year
from flows.planning.reasons import AVOIDED
from flows.powers import DRILL_LEADERS
from flows.record.journal import FACILITY
from flows.state.drill_calendar import Drill
from playbooks.drills.shape import DrillKind

ON_TIME = 10
"""Minutes after its hour from which a drill is said to be late."""


def drill_of(scene: SceneOf[AboutDrill]) -> Drill:
    """Give the drill that a message is about."""
    return scene.engine.house.drills[scene.message.drill]


def kind_of(scene: Scene, name: str) -> DrillKind | None:
    """Give a kind as this facility holds it; None for one that has gone."""
    return scene.engine.house.calendar.kinds(scene.context.handbook.drills).get(name)


def title_of(scene: Scene, drill: Drill) -> str:
    """Name a drill by its kind, and the newcomer it is for."""
    kind = kind_of(scene, drill.kind)
    title = kind.title.in_language(scene.words.language) if kind else drill.kind
    who = scene.words.who(drill.member) if drill.member else ""
    return scene.words.say("calendar.title", title=title, who=who)


def day_of(scene: Scene, at: datetime) -> str:
    """Write a drill's day, weekday and hour."""
    local = scene.context.roster.facility.local(at)
    weekday = WEEKDAY[WEEKDAYS[local.weekday()]].in_language(scene.words.language)
    clock = f"{local.hour}:{local:%M}"
    return scene.words.say("calendar.day", month=local.month, day=local.day, weekday=weekday, clock=clock)


def about(scene: Scene, drill: Drill) -> dict[str, object]:
    """Give what every message about a drill may say."""
    kind, language = kind_of(scene, drill.kind), scene.words.language
    scenario = scene.context.handbook.drills.scenarios.get(drill.scenario or "")
    leads = scene.may(DRILL_LEADERS)
    return {
        "title": title_of(scene, drill),
        "day": day_of(scene, drill.at),
        "until": f"{drill.until.month}/{drill.until.day}",
        "minutes": kind.minutes if kind else "?",
        "purpose": kind.purpose.in_language(language) if kind else "",
        "why": drill.why.in_language(language),
        "scenario": scenario.title.in_language(language) if scenario and leads else "",
        "vendors": invited(scene, drill) if leads else "",
    }


def invited(scene: Scene, drill: Drill) -> str:
    """Name the vendors who were invited to a drill."""
    found = (v.name for v in scene.context.roster.vendors() if v.id in drill.vendors)
    return scene.words.joined(found).unescape()


def moves_of(scene: Scene, drill: Drill, *, cancel: bool = False) -> Rows:
    """Give the buttons under a drill that is still to be held, for those who may press them."""
    kind = kind_of(scene, drill.kind)
    if kind is None or not drill.ahead:
        return ()
    if not scene.may(StartDrill(FACILITY, drill.id, "")):
        return ()
    cancel = cancel and scene.may(CancelDrill(FACILITY, drill.id, ""))
    other = kind.scenarios and len(scene.context.handbook.drills.scenarios_for(scene.context.roster.facility.kind)) > 1
    return rows(
        button(scene, StartIt(drill.turn)),
        button(scene, AskDrillReason(drill.turn, "later")),
        button(scene, ShowScenarios(drill.turn)) if other else None,
        button(scene, ShowVendors(drill.turn)) if kind.scenarios and scene.context.roster.vendors() else None,
        button(scene, AskDrillReason(drill.turn, "cancel")) if cancel else None,
    )


@shows
def one(scene: SceneOf[DrillShown]) -> Screen:
    """Show one drill with everything that can be done about it."""
    drill = drill_of(scene)
    return Screen(scene.words.say("drill", **about(scene, drill)), moves_of(scene, drill, cancel=True))


@shows
def reminder(scene: SceneOf[DrillReminder | DrillAhead]) -> Screen:
    """Tell of a drill that comes, as near as it is when the message goes out."""
    drill = drill_of(scene)
    if not drill.ahead:
        return Screen(scene.words.say("calendar.over"))
    buttons = moves_of(scene, drill)[1:] if isinstance(scene.message, DrillReminder) else ()
    return Screen(scene.words.say(scene.message.kept_as, when=_when(scene, drill), **about(scene, drill)), buttons)


def _when(scene: Scene, drill: Drill) -> str:
    days = (scene.context.roster.facility.local(drill.at).date() - scene.context.today).days
    if days <= 1:
        return scene.words.say("calendar.when.tomorrow" if days == 1 else "calendar.when.today")
    return scene.words.say("calendar.when.later", days=days)


@shows
def hour(scene: SceneOf[DrillHour]) -> Screen:
    """Offer a drill at its hour; late, if the bot was off."""
    drill = drill_of(scene)
    if not drill.ahead or scene.context.now < drill.at:
        return Screen(scene.words.say("calendar.over"))
    passed = scene.context.now - drill.at
    minutes = int(passed.total_seconds() // 60)
    late = minutes if minutes >= ON_TIME and passed <= 2 * LATE else 0
    return Screen(scene.words.say("drill_hour", late=late, **about(scene, drill)), moves_of(scene, drill))


@shows
def moved(scene: SceneOf[DrillNewDay]) -> Screen:
    """Tell of a drill's new day, and why it has one."""
    drill, cause = drill_of(scene), scene.message.cause
    said = scene.words.say(f"calendar.cause.{cause}", reason=drill.reason)
    return Screen(scene.words.say("drill_moved", cause=said, **about(scene, drill)), moves_of(scene, drill)[1:])


@shows
def missed(scene: SceneOf[DrillNotHeld]) -> Screen:
    """Tell of a drill that was not held, and of its next try."""
    words, why = scene.words, scene.message.why
    next_try = scene.engine.house.drills.get(scene.message.again)
    why = why if why in ("not_started", "bot_off") else "no_day"
    told = about(scene, drill_of(scene)) | {"why": words.say(f"calendar.missed.{why}")}
    again = day_of(scene, next_try.at) if next_try else ""
    return Screen(words.say("drill_missed", again=again, **told), moves_of(scene, next_try)[1:] if next_try else ())


@shows
def planned(scene: SceneOf[DrillNew]) -> Screen:
    """Tell of a single drill that came into the calendar."""
    drill = drill_of(scene)
    return Screen(scene.words.say("drill_planned", **about(scene, drill)), moves_of(scene, drill, cancel=True)[1:])


@shows
def cancelled(scene: SceneOf[DrillOff]) -> Screen:
    """Tell of a drill that will not be held."""
    drill, words = drill_of(scene), scene.words
    own = drill.reason in (LEFT, NEW_CADENCE)
    reason = words.say(f"calendar.cancelled.{drill.reason}") if own else drill.reason
    return Screen(words.say("drill_cancelled", reason=reason, **about(scene, drill)))


@shows
def year(scene: SceneOf[DrillsYear]) -> Screen:
    """List a fiscal year's drills with the reason of each date, and what could not be placed, with the cure."""
    wanted, words = scene.message.year, scene.words
    local, avoided = scene.context.roster.facility.local, AVOIDED.in_language(words.language)
    found = sorted(
        (
            d
            for d in scene.engine.house.drills.values()
            if d.standing.counts and fiscal_year(local(d.at).date()) == wanted
        ),
        key=lambda d: d.at,
    )
    head = words.say("drills_year", year=wanted, count=len(found), moved=scene.message.moved)
    listed = [line_of(scene, d, d.why.in_language(words.language).removesuffix(avoided).strip()) for d in found]
    end = [words.say("drills_year.end", avoided=avoided)] if found else []
    return Screen(lines([head, *listed, *unplaced(scene, wanted), *end]))


def line_of(scene: Scene, drill: Drill, why: str = "") -> str:
    """Say a drill in one line, with the reason of its date below it if one is given."""
    return scene.words.say("calendar.line", day=day_of(scene, drill.at), title=title_of(scene, drill), why=why)


def unplaced(scene: Scene, year: int) -> list[str]:
    """Give the kinds that found no time in a year as things stand now, each with the cure."""
    found = [(kind_of(scene, u.kind), u.why) for u in year_plan(year, scene.engine.house, scene.context).unplaced]
    language = scene.words.language
    return [
        scene.words.say("calendar.unplaced", title=kind.title.in_language(language), why=why.in_language(language))
        for kind, why in found
        if kind is not None
    ]
