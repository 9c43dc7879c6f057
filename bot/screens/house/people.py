"""How the facility's own affairs are said: welcome, invitations, people, menus, and questions outside any run."""

from __future__ import annotations

from datetime import datetime

from bot.channels.channel import Button
from bot.invitations import INVITABLE
from bot.screens.buttons import data_of
from bot.screens.house.contacts import chain_lines
from bot.screens.labels import button
from bot.screens.requests.people import AskWhetherLeft, InviteAgain, InviteAs, LetGo, ShowPerson, SpeakTo, SuspendPerson
from bot.screens.requests.runs import Meaning, PickMeaning, RecordDecision, ShowRun
from bot.screens.requests.setup import GoOn
from bot.screens.runs.run import run_name, title
from bot.screens.scene import Scene, Screen, lines, rows, shorten, view
from bot.words.words import Words
from contacts.model import Member
from contacts.readiness.deputies import left_open_by
from contacts.registry import members_with_address
from flows.commands.people import Decide
from flows.powers import CHAIN, KEEPERS
from playbooks.model import DECISIONS
from playbooks.texts import LANGUAGES, wording


@view("welcome")
def welcome(scene: Scene) -> Screen:
    """Greet somebody who enrolled."""
    member = scene.context.roster.member(scene.reader)
    name = member.name if member else ""
    role = scene.words.role_of(scene.reader)
    text = scene.words.say("welcome", name=name, facility=scene.context.roster.facility.name, role=role)
    directs = scene.owed.data.get("role") == "director"
    start = button(scene, GoOn(), "setup.button.start") if directs else None
    return Screen(text, rows(start))


@view("enrolled", "suspended")
def about_member(scene: Scene) -> Screen:
    """Tell of somebody who enrolled or was suspended."""
    member = str(scene.owed.data["member"])
    again = button(scene, InviteAgain(member)) if scene.owed.name == "suspended" else None
    return Screen(scene.words.say(scene.owed.name, who=scene.words.who(member)), rows(again))


@view("invited")
def invited(scene: Scene) -> Screen:
    """Give an invitation to whoever asked for it."""
    data, words = scene.owed.data, scene.words
    text = words.say(
        "invited",
        who=words.who(str(data["member"])),
        code=data["code"],
        until=data["until"],
        link=data.get("link") or "",
    )
    return Screen(text)


@view("ask_invite_role")
def invite_role(scene: Scene) -> Screen:
    """Ask for the role of somebody new."""
    buttons = [Button(scene.words.role(role), data_of(InviteAs(role))) for role in INVITABLE]
    return Screen(scene.words.say("ask_invite_role"), rows(*buttons, width=2))


@view("ask_invite_name")
def invite_name(scene: Scene) -> Screen:
    """Ask for the name of somebody new."""
    return Screen(scene.words.say("ask_invite_name", role=scene.words.role(str(scene.owed.data["role"]))))


@view("people")
def people(scene: Scene) -> Screen:
    """List who is registered; a tap on a name leads to suspending or inviting anew."""
    members = [m for m in scene.context.roster.members if m.status != "left"]
    listed = [scene.words.say("people.line", who=scene.words.who(m.id), status=_status(scene, m)) for m in members]
    buttons = [Button(m.name, data_of(ShowPerson(m.id))) for m in members if m.id != scene.reader]
    return Screen(scene.words.say("people", people=listed, chain=chain_lines(scene)), rows(*buttons, width=2))


def _status(scene: Scene, member: Member) -> str:
    if member.status == "suspended":
        return scene.words.say("people.status.suspended")
    if member.absent_on(scene.context.today):
        return scene.words.say("people.status.absent")
    if member.channels:
        return ""
    enrolled = member.id in members_with_address(scene.engine.journal.registry)
    return scene.words.say("people.status.unreachable" if enrolled else "people.status.uninvited")


@view("person_menu")
def person(scene: Scene) -> Screen:
    """Offer what can be done about one member."""
    member = str(scene.owed.data["member"])
    asked = (SuspendPerson(member), InviteAgain(member), AskWhetherLeft(member))
    buttons = [button(scene, request) for request in asked]
    return Screen(scene.words.say("people.choose", who=scene.words.who(member)), rows(*buttons))


@view("leaving", "has_left")
def leaving(scene: Scene) -> Screen:
    """Ask whether somebody has really left, and say what would be missing then; or that it is done."""
    member, words = str(scene.owed.data["member"]), scene.words
    if scene.owed.name == "has_left":
        return Screen(words.say("has_left", who=words.who(member)))
    lacking = left_open_by(scene.context.roster.members, member)
    warning = words.say(f"leaving.{lacking}") if lacking else ""
    sure = button(scene, LetGo(member))
    return Screen(words.say("leaving", who=words.who(member), warning=warning), rows(sure))


@view("language.choose")
def language(scene: Scene) -> Screen:
    """Offer the languages there are, each in its own."""
    named = {language: Words(language, scene.context.roster).label("language.name") for language in LANGUAGES}
    buttons = (Button(name, data_of(SpeakTo(language))) for language, name in named.items())
    return Screen(scene.words.say("language.choose"), rows(*buttons))


@view("help.commands")
def commands(scene: Scene) -> Screen:
    """List what one can do."""
    return Screen(scene.words.say("help.commands", decides=scene.may(CHAIN), keeps=scene.may(KEEPERS)))


@view("decide")
def decisions(scene: Scene) -> Screen:
    """Offer the decisions that are recorded."""
    run = scene.here().id
    buttons = [button(scene, RecordDecision(run, d)) for d in DECISIONS if scene.may(Decide(run, d))]
    return Screen(scene.words.say("decide"), rows(*buttons, width=2))


@view("runs.list")
def runs(scene: Scene) -> Screen:
    """List incidents and drills, the newest first; a tap opens one."""
    found = sorted(scene.engine.runs(), key=lambda r: r.reported_at or scene.context.now, reverse=True)[:10]
    if not found:
        return Screen(scene.words.say("runs.none"))
    listed = [
        scene.words.say(
            "run.line",
            title=run_name(scene, run),
            state=scene.words.say(f"state.{run.state}"),
            time=_day(scene, run.reported_at),
        )
        for run in found
    ]
    buttons = [Button(run_name(scene, run), data_of(ShowRun(run.id))) for run in found]
    return Screen(lines([scene.words.say("runs.list"), *listed]), rows(*buttons))


def _day(scene: Scene, moment: datetime | None) -> str:
    return f"{scene.context.roster.facility.local(moment):%Y-%m-%d}" if moment else ""


@view("ask_same_or_new")
def same_or_new(scene: Scene) -> Screen:
    """Ask whether a report is about what is already being handled."""
    run = scene.engine.run(str(scene.owed.data["run"]))
    name = run_name(scene, run) if run else ""
    return Screen(scene.words.say("same_or_new", title=name), rows(*_meanings(scene, "same", "new"), width=2))


def _meanings(scene: Scene, *meanings: Meaning) -> list[Button]:
    """Offer what a text that was held back may mean."""
    turn = int(str(scene.owed.data["turn"]))
    return [button(scene, PickMeaning(turn, meaning)) for meaning in meanings]


@view("ask_drill_or_real")
def drill_or_real(scene: Scene) -> Screen:
    """Ask whether a text in a drill is about something real."""
    buttons = _meanings(scene, "real", "drill")
    return Screen(scene.words.say("drill_or_real", text=shorten(str(scene.owed.data["text"]), 200)), rows(*buttons))


@view("ask_report_or_not")
def report_or_not(scene: Scene) -> Screen:
    """Ask whether a text that sounds like nothing in particular is a report."""
    buttons = _meanings(scene, "yes", "no")
    return Screen(scene.words.say("report_or_not", text=shorten(str(scene.owed.data["text"]), 60)), rows(*buttons))


@view("ask_answer_or_report")
def answer_or_report(scene: Scene) -> Screen:
    """Ask whether a text that sounds like a report is the answer that was waited for."""
    buttons = _meanings(scene, "answer", "report")
    return Screen(scene.words.say("answer_or_report", text=shorten(str(scene.owed.data["text"]), 60)), rows(*buttons))


@view("cannot_keep")
def cannot_keep(scene: Scene) -> Screen:
    """Say that a sticker, a voice message or a place can't be kept."""
    what = str(scene.owed.data["what"])
    key = f"cannot_keep.{what}"
    name = scene.words.say(key if scene.words.has(key) else "cannot_keep.other")
    return Screen(scene.words.say("cannot_keep", what=name))


@view("seal")
def seal(scene: Scene) -> Screen:
    """Post the journal's head, signed, to be kept outside the home."""
    data = scene.owed.data
    run, facility = scene.engine.run(str(data["run"])), scene.context.roster.facility
    name = run_name(scene, run).removeprefix(scene.words.say("banner.drill")) if run else facility.name
    return Screen(
        scene.words.say("seal", title=name, seq=data["seq"], digest=data["digest"], signature=data["signature"])
    )


@view("journal_broken")
def journal_broken(scene: Scene) -> Screen:
    """Tell the director that the journal was altered."""
    return Screen(scene.words.say("journal_broken", seq=scene.owed.data["seq"]))


def refusal(scene: Scene, name: str, data: dict[str, object]) -> str:
    """Say why something may not be, in one or two sentences without markup or buttons."""
    member = data.get("member")
    at = data.get("at")
    reason = data.get("reason") or (data if "ja" in data else None)  # older messages hold words in both languages
    facts = {
        "who": scene.words.who(str(member)) if member else "",
        "time": scene.words.clock_time(datetime.fromisoformat(str(at))) if at else "",
        "title": title(scene) if scene.run else "",
        "most": data.get("most", ""),
        "length": data.get("length", ""),
        "text": shorten(str(data.get("text", "")), 60),
        "by": data.get("by", ""),
        "reason": wording(reason).in_language(scene.words.language) if isinstance(reason, dict) else "",
    }
    return scene.words.say(f"refused.{name}", **facts)


@view("refused")
def refused(scene: Scene) -> Screen:
    """Say a refusal as a message of its own."""
    data = scene.owed.data
    told = data.get("data")
    return Screen(refusal(scene, str(data["why"]), told if isinstance(told, dict) else {}))
