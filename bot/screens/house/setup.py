"""How the set-up is said: one question a message, big buttons, and where one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.channels.channel import Button
from bot.documents.facts.labels import LABELS
from bot.invitations import roles_offered
from bot.screens.buttons import data_of
from bot.screens.house.photos import photo_buttons
from bot.screens.labels import button
from bot.screens.requests.reports import TakePaper
from bot.screens.requests.setup import (
    USUAL,
    AskThis,
    Choose,
    GoOn,
    GoThroughAgain,
    NameIsNew,
    PutOff,
    SentenceIsAnswer,
    SentenceIsReport,
    ShowRegion,
    ShowStep,
    ShowSteps,
)
from bot.screens.requests.workbooks import SendTemplate
from bot.screens.scene import Rows, Scene, SceneOf, Screen, lines, rows, shows
from bot.words.first_poster import first_poster
from contacts.labels import OCCASION, PLACE, YES_NO
from contacts.prefectures import REGIONS
from contacts.readiness.readiness import readiness
from contacts.setup.answers import NONE, is_closed
from contacts.setup.questions import (
    OFFERED_SYSTEMS,
    OWN_POSTER,
    STEPS,
    SetupQuestion,
    outside_contact,
    question,
    questions,
    quiet_times,
)
from contacts.setup.things import SAME, read_name_and_number
from contacts.shapes.facility import OCCASIONS
from contacts.shapes.people import Member
from contacts.written.hours import write_hours
from contacts.written.names import MOST_ALIKE, alike
from flows.messages.setting_up import (
    AskSetup,
    AskSetupName,
    AskSetupPoster,
    AskSetupSentence,
    SetupEnd,
    SetupMenu,
    SetupStep,
    SetupUnreadable,
)
from flows.record.journal import FACILITY
from playbooks.texts import wording

ONE_OF = ("drills", "staff", "poster")
"""Questions of which a part is asked by itself, with a way back."""

MOST_NAMES = 12
"""Names offered as buttons; others are written."""


@shows
def ask(scene: SceneOf[AskSetup | AskSetupPoster]) -> Screen:
    """Ask one question: which of how many, what is wanted, what is known so far."""
    asked = question(scene.context.roster, scene.message.question)
    if asked is None:  # what it was about has been taken out since it was asked
        return Screen(scene.words.say("setup.gone"), rows(button(scene, GoOn())))
    words, language, read = scene.words, scene.words.language, _read_back(scene, asked)
    kind = f"{asked.what}.one" if asked.subject and asked.what in ONE_OF else asked.what
    where = f"setup.where.{asked.subject}"
    text = words.say(
        "setup.ask",
        step=STEPS.index(asked.step) + 1,
        of=len(STEPS),
        title=words.say(f"setup.step.{asked.step}"),
        question=words.say(f"setup.ask.{kind}", name=_name(scene, asked), poster=first_poster(scene.context.roster)),
        where=words.say(where) if asked.what == "outside" and words.has(where) else "",
        known=[known.in_language(language) for known in asked.known],
        read=read,
    )
    choices = _CHOICES[asked.what](scene, asked) if asked.what in _CHOICES else ()
    again = rows(button(scene, AskThis(scene.message.read), "setup.button.read")) if read else ()
    return Screen(text, (*choices, *again, *_footer(scene, asked)), wants_text=asked.what in _NUMBERS)


def _read_back(scene: SceneOf[AskSetup | AskSetupPoster], asked: SetupQuestion) -> list[str]:
    """Say what was read from the answer before, as it is kept now; a question that shows what is entered says it itself."""
    roster, read = scene.context.roster, scene.message.read
    if read.partition(":")[0] == asked.what and asked.several:
        return []
    found = question(roster, read) if read else None
    whole = question(roster, read.partition(":")[0]) if found is not None and not found.known else found
    return [known.in_language(scene.words.language) for known in whole.known] if whole is not None else []


_NUMBERS = frozenset(
    {"urgent", "fallback_phone", "mobile", "telephone", "hours", "closures", "number", "night", "open", "outside"}
)
"""Questions whose answers may be digits alone."""


def _name(scene: Scene, asked: SetupQuestion) -> str:
    if asked.what == "staff" and asked.subject:
        return scene.words.role(asked.subject)
    if asked.what == "deputy":
        return scene.words.role(asked.subject)
    if asked.what == "urgent":
        if asked.subject == "ehr":
            return scene.words.of_kind("records")
        return scene.words.label(f"setup.urgent.{asked.subject}")
    return asked.name.in_language(scene.words.language) if asked.name is not None else ""


def _footer(scene: Scene, asked: SetupQuestion) -> Rows:
    label = "next" if asked.several else asked.what if asked.what in ("closures", "night", "place") else "later"
    if asked.done:
        first = button(scene, GoOn(), "setup.button.keep")
    elif asked.subject and asked.what in ONE_OF:
        first = button(scene, AskThis(asked.what), "setup.button.back")
    else:
        first = button(scene, PutOff(asked.id), f"setup.button.{label}")
    return rows(first, button(scene, ShowSteps()), width=2)


# ── what can be chosen ──────────────────────────────────────────────────────────────────────────────────────────────


def _set(asked: SetupQuestion, value: str, *, subject: str | None = None) -> str:
    return data_of(Choose(f"{asked.what}:{subject}" if subject else asked.id, value))


def _mark(scene: Scene, *, chosen: bool) -> str:
    return f"{scene.words.label('tick.on')} " if chosen else ""


def _prefectures(scene: SceneOf[AskSetup], asked: SetupQuestion) -> Rows:
    region = scene.message.region
    if region in REGIONS:
        return rows(*(Button(p, _set(asked, p)) for p in REGIONS[region][1]), width=3)
    language = scene.words.language
    return rows(
        *(Button(label.in_language(language), data_of(ShowRegion(key))) for key, (label, _) in REGIONS.items()),
        width=2,
    )


def _drills(scene: Scene, asked: SetupQuestion) -> Rows:
    if asked.subject:
        return ()
    facility = scene.context.roster.facility
    free = quiet_times(facility)
    buttons = []
    for occasion in OCCASIONS:
        marked = bool(facility.marked.get(occasion))
        label = _mark(scene, chosen=marked) + OCCASION[occasion].in_language(scene.words.language)
        at_once = _set(asked, NONE if marked else USUAL, subject=occasion)
        data = at_once if marked or occasion in free else data_of(AskThis(f"drills:{occasion}"))
        times = f" {write_hours(free[occasion])}" if occasion in free and not marked else ""
        buttons.append(Button((label + times)[:40], data))
    return rows(*buttons)


def _members(scene: Scene, asked: SetupQuestion) -> Rows:
    role = asked.subject or "safety_manager"
    found = []
    for member in scene.context.roster.active():
        has = role in (member.stands_in_for if asked.what == "deputy" else member.roles)
        if asked.what == "deputy" and role in member.roles:
            continue
        found.append(Button(_mark(scene, chosen=has) + member.name, _set(asked, f"[{member.id}]")))
    return rows(*found[:MOST_NAMES], width=2)


def _roles(scene: Scene, asked: SetupQuestion) -> Rows:
    if asked.subject:
        return ()
    kind = scene.context.roster.facility.kind
    roles = [role for role in roles_offered(kind) if role not in ("director", "deputy")]
    return rows(*(Button(scene.words.role(r), data_of(AskThis(f"staff:{r}"))) for r in roles), width=2)


def _systems(scene: Scene, asked: SetupQuestion) -> Rows:
    there = {system.service for system in scene.context.roster.systems}
    language = scene.words.language
    return rows(
        *(
            Button(_mark(scene, chosen=service in there) + name.in_language(language), _set(asked, service))
            for service, name in OFFERED_SYSTEMS.items()
        ),
        width=2,
    )


def _runs(scene: Scene, asked: SetupQuestion) -> Rows:
    return rows(*(Button(label.in_language(scene.words.language), _set(asked, key)) for key, label in PLACE.items()))


def _importance(scene: Scene, asked: SetupQuestion) -> Rows:
    levels = ("5", "4", "3", "2", "1")
    return rows(*(Button(scene.words.label(f"setup.importance.{level}"), _set(asked, level)) for level in levels))


def _vendors(scene: Scene, asked: SetupQuestion) -> Rows:
    vendors = scene.context.roster.vendors()
    return rows(*(Button(c.name, _set(asked, f"[{c.id}]")) for c in vendors[:MOST_NAMES]), width=2)


def _known_number(scene: Scene, asked: SetupQuestion) -> Rows:
    known = outside_contact(scene.context.roster, asked.subject)
    if known is None or not known.number or asked.done:
        return ()
    return rows(Button(scene.words.label("setup.button.right"), _set(asked, SAME)))


def _yes_no(scene: Scene, asked: SetupQuestion) -> Rows:
    language = scene.words.language
    return rows(*(Button(YES_NO[said].in_language(language), _set(asked, said)) for said in ("yes", "no")), width=2)


def _poster(scene: Scene, asked: SetupQuestion) -> Rows:
    if asked.subject:
        return ()
    good = None if asked.done else button(scene, Choose(asked.id, SAME), "setup.button.poster")
    paper = button(scene, TakePaper(FACILITY, "door_poster", "pdf"), "setup.button.print_poster")
    return rows(good, button(scene, AskThis(OWN_POSTER), "setup.button.own_poster"), width=2) + rows(paper)


def _photos(scene: Scene, _: SetupQuestion) -> Rows:
    shown = dict.fromkeys(p for label in LABELS[scene.context.roster.facility.kind] for p in label.pictures)
    return rows(*photo_buttons(scene, shown))


def _labels(scene: Scene, _: SetupQuestion) -> Rows:
    return rows(button(scene, TakePaper(FACILITY, "cable_labels", "pdf"), "setup.button.labels"))


_CHOICES: dict[str, Callable[[SceneOf[AskSetup], SetupQuestion], Rows]] = {
    "prefecture": _prefectures,
    "drills": _drills,
    "safety_manager": _members,
    "deputy": _members,
    "staff": _roles,
    "systems": _systems,
    "runs": _runs,
    "importance": _importance,
    "keeper": _vendors,
    "outside": _known_number,
    "phones_on_line": _yes_no,
    "home_devices": _yes_no,
    "poster": _poster,
    "photos": _photos,
    "labels": _labels,
}


# ── the way through ─────────────────────────────────────────────────────────────────────────────────────────────────


@shows
def overview(scene: SceneOf[SetupMenu]) -> Screen:
    """List the steps with how far each is; a tap leads to it."""
    found = questions(scene.context.roster)
    passed = scene.engine.house.setup_passed
    buttons = []
    for number, step in enumerate(STEPS, 1):
        here = [q for q in found if q.step == step]
        if here and all(q.done or (q.several and q.id in passed) for q in here):
            mark = scene.words.label("mark.done")
        else:
            mark = scene.words.label("mark.going" if any(q.known for q in here) else "mark.waiting")
        named = button(scene, ShowStep(step))
        buttons.append(replace(named, label=f"{mark} {number} {named.label}"))
    return Screen(scene.words.say("setup.menu"), (*rows(*buttons, width=2), (button(scene, GoOn()),)))


@shows
def step(scene: SceneOf[SetupStep]) -> Screen:
    """List the questions of one step, each with the answer that is known."""
    wanted = scene.message.step
    buttons = []
    for asked in questions(scene.context.roster):
        if asked.step == wanted:
            mark = scene.words.label("mark.done" if asked.done else "mark.waiting")
            what = f"setup.short.{asked.what}"
            short = scene.words.label(what) if scene.words.has(what) else ""
            label = f"{mark} {_name(scene, asked)} {short}".strip()[:40]
            buttons.append(Button(label, data_of(AskThis(asked.id))))
    title = scene.words.say(f"setup.step.{wanted}")
    key = "setup.step.choose" if buttons else "setup.step.nothing"
    return Screen(scene.words.say(key, title=title), (*rows(*buttons), (button(scene, GoOn()),)))


@shows
def unreadable(scene: SceneOf[SetupUnreadable | AskSetupSentence]) -> Screen:
    """Say what is wrong with an answer; the question stays, and nothing was entered."""
    said = wording(scene.message.reason).in_language(scene.words.language)
    asked = question(scene.context.roster, scene.message.question)
    buttons = _footer(scene, asked) if asked is not None else rows(button(scene, GoOn()))
    if isinstance(scene.message, AskSetupSentence):
        turn = scene.message.turn
        meant = asked is not None and not is_closed(asked.what)
        answer = button(scene, SentenceIsAnswer(turn)) if meant else None
        buttons = (*rows(button(scene, SentenceIsReport(turn)), answer), *buttons)
    return Screen(scene.words.say("setup.unreadable", reason=said), buttons, wants_text=True)


@shows
def somebody_new(scene: SceneOf[AskSetupName]) -> Screen:
    """Ask whether a name that nobody here bears is somebody new, before it becomes a person."""
    asked = question(scene.context.roster, scene.message.question)
    me = scene.context.roster.member(scene.reader)
    if asked is None or me is None:
        return Screen(scene.words.say("setup.gone"), rows(button(scene, GoOn())))
    mine = asked.what == "safety_manager" or (asked.what == "deputy" and asked.subject not in me.roles)
    label = scene.words.label("setup.button.myself", name=me.name)
    near = alike(scene.message.name, scene.context.roster.active())[:MOST_ALIKE]
    return Screen(
        scene.words.say("setup.new", name=scene.message.name, role=_role(scene, asked), near=[m.name for m in near]),
        rows(
            *(_same(scene, asked, member) for member in near),
            button(scene, NameIsNew(scene.message.turn), "setup.button.another" if near else "setup.button.new"),
            Button(label, _set(asked, f"[{me.id}]")) if mine else None,
            button(scene, AskThis(asked.id), "setup.button.not_new"),
        ),
    )


def _same(scene: SceneOf[AskSetupName], asked: SetupQuestion, member: Member) -> Button:
    """Offer that somebody who is here already is meant; where people are only named, there is nothing more to enter."""
    label = scene.words.label("setup.button.same", name=member.name)[:40]
    if asked.what == "staff":
        return Button(label, data_of(AskThis("staff")))
    number = f" {read_name_and_number(scene.message.text)[1]}" if asked.what == "mobile" else ""
    return Button(label, _set(asked, f"[{member.id}]{number}"))


def _role(scene: Scene, asked: SetupQuestion) -> str:
    return scene.words.role("deputy" if asked.what in ("deputy", "mobile") else asked.subject or asked.what)


@shows
def end(scene: SceneOf[SetupEnd]) -> Screen:
    """Say how ready the facility is, what comes next, and what was put off."""
    ready = readiness(scene.context.roster, scene.context.today)
    left = {q.id for q in questions(scene.context.roster) if not q.done and not q.several}
    count = len(left & scene.engine.house.setup_passed)
    todo = [scene.words.say("upkeep.line", text=i.todo.in_language(scene.words.language)) for i in ready.next]
    again = button(scene, GoThroughAgain()) if count else None
    said = lines([scene.words.say("setup.end", figure=ready.figure, count=count), *todo])
    return Screen(said, rows(again, button(scene, ShowSteps()), button(scene, SendTemplate())))
