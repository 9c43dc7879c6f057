"""How the facility's own affairs are said: welcome, invitations, people, menus, and questions outside any run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from bot.channels.channel import Button
from bot.invitations import roles_offered
from bot.screens.buttons import data_of
from bot.screens.house.contacts import chain_lines
from bot.screens.labels import button
from bot.screens.requests.people import (
    AskWhetherLeft,
    AskWhetherLost,
    ClosePages,
    InviteAgain,
    InviteAnother,
    InviteAs,
    LetGo,
    ShowPerson,
    SpeakTo,
    SuspendPerson,
    TakeBack,
)
from bot.screens.requests.runs import Meaning, PickMeaning, RecordDecision, ShowRun
from bot.screens.requests.setup import GoOn
from bot.screens.requests.upkeep import SayHandedOn
from bot.screens.runs.run import run_name, title
from bot.screens.scene import Scene, SceneOf, Screen, lines, rows, shorten, shows
from bot.words.words import Words
from contacts.model import Member
from contacts.readiness.deputies import left_open_by
from contacts.registry import members_with_address
from contacts.written.names import MOST_ALIKE, alike
from flows.commands.people import Decide
from flows.messages.calling import DecisionsOffered, RunsListed
from flows.messages.hearing import (
    AskAnswerOrPlea,
    AskAnswerOrReport,
    AskDrillOrReal,
    AskReportOrNot,
    AskSameOrNew,
    CannotKeep,
    HintTold,
    HintUnanswered,
    NotDone,
)
from flows.messages.members import (
    AskInviteName,
    AskInviteRole,
    AskInviteSame,
    CommandsListed,
    Enrolled,
    HasLeft,
    InvitationMade,
    LanguageChoose,
    Leaving,
    Losing,
    NewPhone,
    PageLink,
    PageOpened,
    PeopleListed,
    PersonMenu,
    PhoneReplaced,
    Suspended,
    TakenBack,
    Welcome,
)
from flows.messages.upkeep import (
    JournalBroken,
    QuietEnds,
    RecordDoubtful,
    RunUnreadable,
    SealForKeeper,
    SealKeyNew,
    SealPosted,
    SealToKeeper,
)
from flows.powers import CHAIN, KEEPERS
from flows.record.journal import FACILITY
from flows.response.steps import chosen_by
from flows.scene.circle import seen, sees
from playbooks.model import DECISIONS
from playbooks.texts import LANGUAGES, wording

HeldBack = AskSameOrNew | AskDrillOrReal | AskReportOrNot | AskAnswerOrReport | AskAnswerOrPlea | HintUnanswered
"""What is asked about a text that was held back."""


@shows
def welcome(scene: SceneOf[Welcome]) -> Screen:
    """Greet somebody who enrolled."""
    member = scene.context.roster.member(scene.reader)
    name = member.name if member else ""
    role = scene.words.role_of(scene.reader)
    text = scene.words.say("welcome", name=name, facility=scene.context.roster.facility.name, role=role)
    directs = scene.message.role == "director"
    start = button(scene, GoOn(), "setup.button.start") if directs else None
    return Screen(text, rows(start))


@shows
def about_member(scene: SceneOf[Enrolled | Suspended]) -> Screen:
    """Tell of somebody who enrolled or was suspended."""
    member = scene.message.member
    again = button(scene, InviteAgain(member)) if isinstance(scene.message, Suspended) else None
    return Screen(scene.words.say(scene.message.kept_as, who=scene.words.who(member)), rows(again))


@shows
def new_phone(scene: SceneOf[NewPhone]) -> Screen:
    """Tell those who decide of a member's new phone, so that they can shut out one that nobody knows of."""
    member = scene.message.member
    stop = button(scene, AskWhetherLost(member), "button.not_theirs")
    return Screen(scene.words.say("new_phone", who=scene.words.who(member)), rows(stop))


@shows
def phone_replaced(scene: SceneOf[PhoneReplaced]) -> Screen:
    """Tell a phone that it is out: only a thief's new one would be a surprise to whoever holds it."""
    return Screen(scene.words.say("phone_replaced"))


@shows
def page_link(scene: SceneOf[PageLink]) -> Screen:
    """Give the link to the page to whoever asked for it; once it was sent, nothing of ours holds it any more."""
    message = scene.message
    text = scene.words.say("page_link", link=message.link or "…", until=message.until, here=message.here)
    return Screen(text, rows(button(scene, ClosePages())))


@shows
def page_opened(scene: SceneOf[PageOpened]) -> Screen:
    """Tell somebody that a browser shows their page now, in case it isn't theirs."""
    return Screen(scene.words.say("page_opened"), rows(button(scene, ClosePages(), "button.not_me")))


@shows
def invited(scene: SceneOf[InvitationMade]) -> Screen:
    """Give an invitation to whoever asked for it."""
    message, words = scene.message, scene.words
    who = words.who(message.member)
    text = words.say("invited", who=who, code=message.code, until=message.until, link=message.link or "")
    inside = message.member in members_with_address(scene.engine.journal.registry)
    return Screen(text, rows(None if inside else button(scene, TakeBack(message.member))))


@shows
def taken_back(scene: SceneOf[TakenBack]) -> Screen:
    """Say that somebody who was entered by mistake is gone."""
    member = scene.context.roster.member(scene.message.member)
    going_on = button(scene, GoOn()) if scene.engine.house.in_setup else None
    return Screen(scene.words.say("taken_back", name=member.name if member else ""), rows(going_on))


@shows
def invite_role(scene: SceneOf[AskInviteRole]) -> Screen:
    """Ask for the role of somebody new."""
    buttons = [
        Button(scene.words.role(role), data_of(InviteAs(role)))
        for role in roles_offered(scene.context.roster.facility.kind)
    ]
    return Screen(scene.words.say("ask_invite_role"), rows(*buttons, width=2))


@shows
def invite_name(scene: SceneOf[AskInviteName]) -> Screen:
    """Ask for the name of somebody new."""
    return Screen(scene.words.say("ask_invite_name", role=scene.words.role(scene.message.role)))


@shows
def invite_same(scene: SceneOf[AskInviteSame]) -> Screen:
    """Ask whether somebody is meant who is here already, before the same person comes in twice."""
    message, words = scene.message, scene.words
    near = alike(message.called, (m for m in scene.context.roster.members if m.status != "left"))[:MOST_ALIKE]
    same = (Button(words.label("setup.button.same", name=m.name)[:40], data_of(InviteAgain(m.id))) for m in near)
    text = words.say("setup.new", name=message.called, role=words.role(message.role), near=[m.name for m in near])
    return Screen(text, rows(*same, button(scene, InviteAnother(message.turn))))


@shows
def people(scene: SceneOf[PeopleListed]) -> Screen:
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


@shows
def person(scene: SceneOf[PersonMenu]) -> Screen:
    """Offer what can be done about one member."""
    member = scene.message.member
    asked = (AskWhetherLost(member), InviteAgain(member), AskWhetherLeft(member))
    buttons = [button(scene, request) for request in asked]
    return Screen(scene.words.say("people.choose", who=scene.words.who(member)), rows(*buttons))


@shows
def leaving(scene: SceneOf[Leaving | HasLeft]) -> Screen:
    """Ask whether somebody has really left, and say what would be missing then; or that it is done."""
    member, words = scene.message.member, scene.words
    if isinstance(scene.message, HasLeft):
        return Screen(words.say("has_left", who=words.who(member)))
    lacking = left_open_by(scene.context.roster.members, member)
    warning = words.say(f"leaving.{lacking}") if lacking else ""
    sure = button(scene, LetGo(member))
    return Screen(words.say("leaving", who=words.who(member), warning=warning), rows(sure))


@shows
def losing(scene: SceneOf[Losing]) -> Screen:
    """Ask whether a phone is really lost; where nobody would be left to decide, say what has to be done first."""
    member, words = scene.message.member, scene.words
    nobody = left_open_by(scene.context.roster.members, member) == "nobody"
    warning = words.say("leaving.nobody") if nobody else ""
    sure = None if nobody else button(scene, SuspendPerson(member))
    return Screen(words.say("losing", who=words.who(member), warning=warning), rows(sure))


@shows
def language(scene: SceneOf[LanguageChoose]) -> Screen:
    """Offer the languages there are, each in its own."""
    named = {language: Words(language, scene.context.roster).label("language.name") for language in LANGUAGES}
    buttons = (Button(name, data_of(SpeakTo(language))) for language, name in named.items())
    return Screen(scene.words.say("language.choose"), rows(*buttons))


@shows
def commands(scene: SceneOf[CommandsListed]) -> Screen:
    """List what one can do."""
    return Screen(scene.words.say("help.commands", decides=scene.may(CHAIN), keeps=scene.may(KEEPERS)))


@shows
def decisions(scene: SceneOf[DecisionsOffered]) -> Screen:
    """Offer the decisions that are recorded."""
    run = scene.here().id
    buttons = [button(scene, RecordDecision(run, d)) for d in DECISIONS if scene.may(Decide(run, d))]
    return Screen(scene.words.say("decide"), rows(*buttons, width=2))


@shows
def runs(scene: SceneOf[RunsListed]) -> Screen:
    """List incidents and drills, the newest first; a tap opens one."""
    known = seen(scene.engine.runs(), scene.context, scene.reader)
    found = sorted(known, key=lambda r: r.reported_at or scene.context.now, reverse=True)[:10]
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


@shows
def quiet_ends(scene: SceneOf[QuietEnds]) -> Screen:
    """Tell of what ended quietly today, by whom and how it was answered last, and of what nobody ever said what it was."""
    words = scene.words
    said, unanswered = [], []
    for run in filter(None, map(scene.engine.run, scene.message.runs)):
        if run.playbook is None:
            text = shorten(run.text, 60)
            unanswered.append(words.say("quiet_ends.unanswered.line", who=words.who(run.reporter), text=text))
            continue
        place = max(run.answered, key=lambda where: run.answered[where].turn)
        answer = chosen_by(run.text_of(*place), run.answered[place].answer).label.in_language(words.language)
        said.append(words.say("quiet_ends.line", name=run_name(scene, run), who=words.who(run.reporter), answer=answer))
    heads = ("quiet_ends", said), ("quiet_ends.unanswered", unanswered)
    return Screen(lines([each for head, of in heads if of for each in (words.say(head, count=len(of)), *of)]))


def _day(scene: Scene, moment: datetime | None) -> str:
    return f"{scene.context.roster.facility.local(moment):%Y-%m-%d}" if moment else ""


@shows
def same_or_new(scene: SceneOf[AskSameOrNew]) -> Screen:
    """Ask whether a report is about what is already being handled."""
    run = scene.engine.run(scene.message.run)
    name = run_name(scene, run) if run else ""
    return Screen(scene.words.say("same_or_new", title=name), rows(*_meanings(scene, "same", "new"), width=2))


def _meanings(scene: SceneOf[HeldBack], *meanings: Meaning) -> list[Button]:
    """Offer what a text that was held back may mean."""
    return [button(scene, PickMeaning(scene.message.turn, meaning)) for meaning in meanings]


@shows
def drill_or_real(scene: SceneOf[AskDrillOrReal]) -> Screen:
    """Ask whether a text in a drill is about something real."""
    buttons = _meanings(scene, "real", "drill")
    return Screen(scene.words.say("drill_or_real", text=shorten(scene.message.text, 200)), rows(*buttons))


@shows
def report_or_not(scene: SceneOf[AskReportOrNot]) -> Screen:
    """Ask whether something is going on where a text doesn't say so."""
    buttons = _meanings(scene, "yes", "ask", "no")
    return Screen(scene.words.say("report_or_not", text=shorten(scene.message.text, 60)), rows(*buttons))


@shows
def hint(scene: SceneOf[HintTold]) -> Screen:
    """Say at once what must not be done, or is to be done now."""
    own, advice = f"hint.{scene.message.advice}", f"plea.advice.{scene.message.advice}"
    return Screen(scene.words.say("hint", advice=scene.words.say(own if scene.words.has(own) else advice)))


@shows
def hint_unanswered(scene: SceneOf[HintUnanswered]) -> Screen:
    """Let those who decide read what nobody has said more about, and its writer who has read it."""
    said, words = scene.engine.house.hints[scene.message.turn], scene.words
    if scene.reader == said.member:
        return Screen(words.say("hint_unanswered.told", text=shorten(said.text, 60), who=words.people(said.to)))
    facts = {"who": words.who(said.member), "time": words.clock_time(said.at), "text": shorten(said.text, 200)}
    drill = scene.engine.house.asked[said.turn].what == "drill_or_real"
    meanings = _meanings(scene, "real", "drill") if drill else _meanings(scene, "yes", "no")
    return Screen(words.say("hint_unanswered", drill=drill, **facts), rows(*meanings, width=2))


@shows
def answer_or_report(scene: SceneOf[AskAnswerOrReport]) -> Screen:
    """Ask whether a text that sounds like a report is the answer that was waited for."""
    buttons = _meanings(scene, "answer", "report")
    return Screen(scene.words.say("answer_or_report", text=shorten(scene.message.text, 60)), rows(*buttons))


@shows
def answer_or_plea(scene: SceneOf[AskAnswerOrPlea]) -> Screen:
    """Ask whether a text is the answer that was waited for, or wants something, or reports another thing."""
    its_answer = button(scene, PickMeaning(scene.message.turn, "answer"), "button.pick.its_answer")
    others = _meanings(scene, "plea", *(("report",) if scene.message.candidates else ()))
    return Screen(scene.words.say("answer_or_plea", text=shorten(scene.message.text, 60)), rows(its_answer, *others))


@shows
def cannot_keep(scene: SceneOf[CannotKeep]) -> Screen:
    """Say that a sticker, a voice message or a place can't be kept."""
    what = scene.message.what
    if what == "voice":
        return Screen(scene.words.say("cannot_keep.spoken"))
    key = f"cannot_keep.{what}"
    name = scene.words.say(key if scene.words.has(key) else "cannot_keep.other")
    return Screen(scene.words.say("cannot_keep", what=name))


@shows
def seal(scene: SceneOf[SealPosted]) -> Screen:
    """Post the journal's head, signed, to be kept outside the home."""
    message = scene.message
    run, facility = scene.engine.run(message.run), scene.context.roster.facility
    known = run is not None and sees(run, scene.context, scene.reader)  # a confidence that was withdrawn is sealed, too
    name = run_name(scene, run).removeprefix(scene.words.say("banner.drill")) if run and known else facility.name
    said = {"title": name, "seq": message.seq, "digest": message.digest, "signature": message.signature}
    keeper = _keeper(scene, message.keeper)
    return Screen(scene.words.say("seal", **said, keeper=keeper, by_itself=message.by_itself))


@shows
def seal_for_keeper(scene: SceneOf[SealForKeeper]) -> Screen:
    """Give a seal as it is forwarded: it names the facility and nobody."""
    message = scene.message
    name = _keeper(scene, message.keeper) or scene.words.say("seal_keeper.unnamed")
    is_sent = scene.engine.house.seal_outside >= message.seq
    text = scene.words.say("seal_for_keeper", **_outside(scene, message), sent_to=name if is_sent else "")
    sent = button(scene, SayHandedOn(seq=message.seq, keeper=message.keeper), name=name)
    return Screen(text, () if is_sent else ((sent,),))


@shows
def seal_to_keeper(scene: SceneOf[SealToKeeper]) -> Screen:
    """Give a seal to whoever keeps it: the same words, and nothing of what is done with it here."""
    return Screen(scene.words.say("seal_for_keeper", **_outside(scene, scene.message), sent_to=""))


def _outside(scene: Scene, seal: SealForKeeper | SealToKeeper) -> dict[str, object]:
    return {"facility": scene.context.roster.facility.name, "seq": seal.seq, "digest": seal.digest}


def _keeper(scene: Scene, contact: str) -> str:
    known = scene.context.roster.contact(contact) if contact else None
    return known.name if known else contact


@shows
def record_doubtful(scene: SceneOf[RecordDoubtful]) -> Screen:
    """Tell those who decide what shows that something else than the bot wrote to the home."""
    said = dict.fromkeys(_doubt(scene, sign) for sign in scene.message.signs)
    return Screen(scene.words.say("record_doubtful", signs=list(said)))


def _doubt(scene: Scene, sign: str) -> Markup:
    kind, _, about = sign.partition(" ")
    row, _, key = about.partition(" ")
    if kind == "registry" and row == "member":
        return scene.words.say("record_doubtful.member", who=scene.words.who(key))
    return scene.words.say(f"record_doubtful.{kind}")


@shows
def seal_key_new(scene: SceneOf[SealKeyNew]) -> Screen:
    """Tell those who decide that seals bear another fingerprint from now on."""
    message = scene.message
    return Screen(scene.words.say("seal_key_new", why=message.why, before=message.before, now=message.now))


@shows
def run_unreadable(scene: SceneOf[RunUnreadable]) -> Screen:
    """Tell those who decide that a run can't be opened by this version."""
    message = scene.message
    return Screen(scene.words.say("run_unreadable", of=message.of, house=message.of == FACILITY, seq=message.seq))


@shows
def journal_broken(scene: SceneOf[JournalBroken]) -> Screen:
    """Tell the director that the journal was altered."""
    return Screen(scene.words.say("journal_broken", seq=scene.message.seq))


def refusal(scene: Scene, name: str, data: Mapping[str, object]) -> str:
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
        "reason": wording(reason).in_language(scene.words.language) if isinstance(reason, Mapping) else "",
    }
    return scene.words.say(f"refused.{name}", **facts)


@shows
def refused(scene: SceneOf[NotDone]) -> Screen:
    """Say a refusal as a message of its own."""
    return Screen(refusal(scene, scene.message.why, scene.message.data))
