"""The menus of the calendar of drills: what comes next, what to add, and how often a kind is held."""

from __future__ import annotations

from datetime import date
from typing import get_args

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.drills.calendar import about, day_of, drill_of, invited, kind_of, line_of, title_of, unplaced
from bot.screens.labels import button
from bot.screens.requests.drilling import HoldKind, HoldScenario, ShowHolding
from bot.screens.requests.drills import (
    AddDrill,
    AddDrillOn,
    Announce,
    AskWeekdays,
    HoldEvery,
    InviteThem,
    ShowCadence,
    ShowDrill,
    ShowKinds,
    ShowYear,
    StartItNow,
    TakeScenario,
    UninviteThem,
)
from bot.screens.requests.setup import GoOn
from bot.screens.requests.tasks import TickTask
from bot.screens.scene import Scene, SceneOf, Screen, lines, rows, shows
from contacts.labels import WEEKDAY
from flows.calendar.due import years_wanted
from flows.calendar.people import told_of
from flows.messages.drills import (
    AskDrillDay,
    AskDrillWeekdays,
    DrillCadence,
    DrillCadenceMenu,
    DrillDay,
    DrillHold,
    DrillKinds,
    DrillReasonAsked,
    DrillScenarios,
    DrillsShown,
    DrillStartNow,
    DrillVendors,
    VendorOff,
)
from flows.planning.workable import BARRED
from flows.powers import CHAIN, DRILL_LEADERS, drill_leaders
from playbooks.drills.shape import DrillKind, Months

NEXT = 3
"""Drills that are shown first."""

SHOWN = 2
"""Kinds without a time that are named; the year's list names them all."""


@shows
def drills(scene: SceneOf[DrillsShown]) -> Screen:
    """Show the next drills: to those who decide with everything else, to the others what they have been told of."""
    words, ahead = scene.words, scene.engine.house.calendar.ahead()
    leads = scene.may(DRILL_LEADERS)
    kinds = scene.engine.house.calendar.kinds(scene.context.handbook.drills)
    if not leads:
        known = [d for d in ahead if d.told and d.kind in kinds]
        ahead = [d for d in known if scene.reader in told_of(kinds[d.kind], d, scene.context)]
    listed = [line_of(scene, d) for d in ahead[:NEXT]] or [words.say("calendar.none")]
    if not leads:
        who = [m.id for m in scene.context.roster.active() if m.id in drill_leaders(scene.context)]
        return Screen(lines([words.say("drills"), *listed, words.say("calendar.ask", who=words.people(who))]))
    years = years_wanted(scene.context.today)
    buttons = [
        *(Button(f"{day_of(scene, d.at)} {title_of(scene, d)}"[:64], data_of(ShowDrill(d.turn))) for d in ahead[:NEXT]),
        *(button(scene, ShowYear(year), year=year) for year in years),
        button(scene, ShowHolding()),
        button(scene, ShowKinds("add")),
        button(scene, ShowKinds("cadence")),
    ]
    if not scene.context.roster.facility.sessions:  # nothing can be planned, and one reason is enough
        start = button(scene, GoOn(), "setup.button.start") if scene.may(CHAIN) else None
        return Screen(
            lines([words.say("drills"), *(listed if ahead else []), words.say("calendar.no_hours")]),
            rows(start, *buttons),
        )
    lacking = unplaced(scene, years[0])
    more = [words.say("calendar.unplaced.more", count=len(lacking) - SHOWN)] if len(lacking) > SHOWN else []
    return Screen(lines([words.say("drills"), *listed, *lacking[:SHOWN], *more]), rows(*buttons))


@shows
def start_now(scene: SceneOf[DrillStartNow]) -> Screen:
    """Ask whether a drill is meant to begin outside its hour."""
    drill = drill_of(scene)
    return Screen(
        scene.words.say("drill_start_now", **about(scene, drill)), rows(button(scene, StartItNow(drill.turn)))
    )


@shows
def scenarios(scene: SceneOf[DrillScenarios]) -> Screen:
    """Offer the scenarios for this kind of facility; the one that is set is left out."""
    drill, language = drill_of(scene), scene.words.language
    known = scene.context.handbook.drills.scenarios_for(scene.context.roster.facility.kind)
    buttons = [
        Button(s.title.in_language(language)[:64], data_of(TakeScenario(drill.turn, number)))
        for number, s in enumerate(known)
        if s.id != drill.scenario
    ]
    return Screen(scene.words.say("drill_scenarios"), rows(*buttons))


@shows
def vendors(scene: SceneOf[DrillVendors]) -> Screen:
    """Offer the vendors; whoever was invited already gets their letter anew, or their invitation is taken back."""
    drill, known = drill_of(scene), scene.context.roster.vendors()
    found = (Button(v.name[:64], data_of(InviteThem(drill.turn, v.id))) for v in known)
    back = (button(scene, UninviteThem(drill.turn, v.id), name=v.name) for v in known if v.id in drill.vendors)
    return Screen(scene.words.say("drill_vendors", invited=invited(scene, drill)), rows(*found, *back))


@shows
def vendor_off(scene: SceneOf[VendorOff]) -> Screen:
    """Say that an invitation was taken back, and what to say to whom by telephone: nothing here can write to a vendor."""
    drill, vendor = drill_of(scene), scene.context.roster.contact(scene.message.contact)
    task = scene.engine.house.tasks[scene.message.task]
    text = scene.words.say(
        "vendor_off",
        name=task.about["name"],
        number=vendor.number if vendor and vendor.number else "",
        facility=scene.context.roster.facility.name,
        told=not task.open,
        **{key: about(scene, drill)[key] for key in ("title", "day")},
    )
    return Screen(text, rows(button(scene, TickTask(task.id), "button.vendor_told") if task.open else None))


@shows
def kinds(scene: SceneOf[DrillKinds]) -> Screen:
    """Offer the kinds of drills, to add one or to change how it is held."""
    what, language = scene.message.what, scene.words.language
    known = [k for k in scene.context.handbook.drills.kinds.values() if k.every_months or k.before_long_holidays]
    asked = AddDrill if what == "add" else ShowCadence
    buttons = [Button(k.title.in_language(language)[:64], data_of(asked(k.id))) for k in known]
    return Screen(scene.words.say(f"drill_kinds.{what}"), rows(*buttons))


@shows
def hold(scene: SceneOf[DrillHold]) -> Screen:
    """Offer what can be held at once: the kinds, or the scenarios of a tabletop drill."""
    words, language, kind = scene.words, scene.words.language, scene.message.kind
    if kind:
        stories = scene.context.handbook.drills.scenarios_for(scene.context.roster.facility.kind)
        buttons = [
            Button(s.title.in_language(language)[:64], data_of(HoldScenario(kind, n))) for n, s in enumerate(stories)
        ]
        return Screen(words.say("drill_scenarios"), rows(*buttons))
    known = scene.context.handbook.drills.kinds.values()
    return Screen(
        words.say("drill_hold"),
        rows(*(Button(k.title.in_language(language)[:64], data_of(HoldKind(k.id))) for k in known)),
    )


@shows
def cadence(scene: SceneOf[DrillCadenceMenu | DrillCadence]) -> Screen:
    """Say how a kind is held, and offer what can be changed."""
    kind, words = kind_of(scene, scene.message.kind), scene.words
    if kind is None:
        return Screen(words.say("calendar.over"))
    said = words.say(scene.message.kept_as, title=kind.title.in_language(words.language), how=how(scene, kind))
    if isinstance(scene.message, DrillCadence):
        return Screen(said)
    cycles = [
        button(scene, HoldEvery(kind.id, m), months=m, weekdays="", unannounced=False)
        for m in (*get_args(Months), 0)
        if m != (kind.every_months or 0)
    ]
    flip = Announce(kind.id, "no" if kind.announced else "yes")
    others = rows(button(scene, AskWeekdays(kind.id)), button(scene, flip))
    return Screen(said, (*rows(*cycles, width=2), *others))


def how(scene: Scene, kind: DrillKind) -> str:
    """Say in a few words how often and on which weekdays a kind is held."""
    names = "・".join(WEEKDAY[day].in_language(scene.words.language) for day in kind.weekdays)
    months = kind.every_months or 0
    return scene.words.say("calendar.every", months=months, weekdays=names, unannounced=not kind.announced)


@shows
def ask_reason(scene: SceneOf[DrillReasonAsked]) -> Screen:
    """Ask why a drill is postponed or cancelled."""
    return _asked(scene, f"ask_drill_reason.{scene.message.move}", title_of(scene, drill_of(scene)))


@shows
def ask_about_kind(scene: SceneOf[AskDrillDay | AskDrillWeekdays]) -> Screen:
    """Ask for the day of a drill that is added, or for the weekdays of a kind."""
    kind = kind_of(scene, scene.message.kind)
    return _asked(scene, scene.message.kept_as, kind.title.in_language(scene.words.language) if kind else "")


def _asked(scene: Scene, phrase: str, title: str) -> Screen:
    return Screen(scene.words.say(phrase, title=title), wants_text=True)


@shows
def day(scene: SceneOf[DrillDay]) -> Screen:
    """Say why a day won't do, and offer the nearest that does."""
    message, words = scene.message, scene.words
    chosen, near = date.fromisoformat(message.day), message.next
    why = BARRED[message.why].in_language(words.language)
    shown = date.fromisoformat(near) if near else None
    text = words.say("drill_day", day=_short(chosen), why=why, next=_short(shown) if shown else "")
    other = button(scene, AddDrillOn(message.kind, shown), day=_short(shown)) if shown else None
    return Screen(text, rows(other))


def _short(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"
