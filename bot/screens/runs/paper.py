"""How the approval of a document is offered and told, and how what people wrote is looked through before it goes out."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from markupsafe import Markup

from bot.channels.channel import Button
from bot.documents.forms.forms import APPROVED_WHOLE, form_of
from bot.documents.source import Source
from bot.screens.labels import button
from bot.screens.requests.reports import (
    PLAN,
    ApprovePaper,
    AskWhyWithheld,
    KeepPage,
    KeepText,
    KeepTextFor,
    LookThrough,
    PlanWasRead,
    ShowPapers,
    WithholdText,
)
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from bot.words.explaining import MARK
from bot.words.free_texts import MOST_SIGNS, PARTIES, FreeText, free_texts, page_of
from contacts.rows.plan import holes
from contacts.written.mentions import Mention
from flows.events.papers import WITHHELD_FOR
from flows.facility.plan import plan_now, standing, unread
from flows.messages.reporting import DocumentReady, PlanReady, TextsToLookAt, TextToKeep, TextToWithhold
from flows.powers import CHAIN
from flows.record.journal import FACILITY
from flows.state.run import Run


def approve_button(scene: Scene, source: Source, kind: str) -> Button | None:
    """Offer to approve a document as it reads, to those who may; None where there is nothing to approve."""
    if kind == PLAN:
        return _plan_button(scene, source)
    if kind not in APPROVED_WHOLE or not scene.may(CHAIN):
        return None
    form = form_of(kind, source)
    asked = ApprovePaper(source.run_id, kind, source.language, form.sha256[:MARK])
    return button(scene, asked) if form.draft and not form.has_hole else None


def _plan_button(scene: Scene, source: Source) -> Button | None:
    """Offer to approve the plan that was just read; not while something of it is missing, nor where it is approved."""
    digest, plans = plan_now(source.context, source.house), source.house.plans
    done = bool(plans) and plans[-1].sha256 == digest
    if done or holes(source.roster, source.context.today) or not scene.may(CHAIN):
        return None
    return button(scene, ApprovePaper(FACILITY, PLAN, source.language, digest[:MARK]))


def read_button(scene: Scene) -> Button | None:
    """Offer to say that one has read the plan, as long as it stands; None to whoever has."""
    last = standing(scene.context, scene.engine.house)
    return button(scene, PlanWasRead(last.number)) if last is not None and scene.reader not in last.read_by else None


def unread_names(scene: Scene) -> str:
    """Name to those who decide who hasn't read the plan that stands."""
    last = standing(scene.context, scene.engine.house) if scene.may(CHAIN) else None
    return scene.words.people([m.id for m in unread(last, scene.context)]).unescape() if last is not None else ""


@shows
def plan_approved(scene: SceneOf[PlanReady]) -> Screen:
    """Tell which version of the plan that is, and that a change makes it a draft again."""
    version = scene.engine.house.plans[scene.message.version - 1]
    said = {"version": version.number, "who": scene.words.who(version.by), "sha256": version.sha256[:16]}
    return Screen(scene.words.say("plan_approved", **said))


@shows
def approved(scene: SceneOf[DocumentReady]) -> Screen:
    """Tell that a document is approved, and by what it can be recognised."""
    kind, language = scene.message.kind, scene.message.language
    made, words = scene.here().documents[kind, language], scene.words
    key = f"paper.{kind}.title"
    name = words.say(key) if words.has(key) else kind
    hint = words.say(f"paper.{kind}.hint") if words.has(f"paper.{kind}.hint") else ""
    said = {"name": name, "who": words.who(made.by), "sha256": made.sha256[:16], "hint": hint}
    return Screen(words.say("document_approved", **said))


def look_button(scene: Scene, run: Run) -> Button | None:
    """Offer to look through what people wrote in a run; None where nothing is left to look at."""
    left = page_of(scene.engine.journal.entries(run=run.id), run, scene.context.roster).left
    return button(scene, LookThrough(run.id, 0), count=left) if left and scene.may(CHAIN) else None


def has_blanks(scene: Scene, source: Source, kind: str) -> bool:
    """Say whether a form has blanks where people's words stand, which nobody has looked at yet."""
    blank = scene.words.say("form.unseen").unescape()
    return any(blank in field.text for section in form_of(kind, source).sections for field in section.fields)


@shows
def looked_through(scene: SceneOf[TextsToLookAt]) -> Screen:
    """Show a page of what people wrote, what seems to name somebody marked: all plain ones by one tap, each other by its own."""
    run, words, after = scene.here(), scene.words, scene.message.after
    page = page_of(scene.engine.journal.entries(run=run.id), run, scene.context.roster, after)
    if not page.texts:
        return Screen(words.say("look.done"), rows(button(scene, ShowPapers(run.id), "button.look.papers")))
    local = scene.context.roster.facility.local
    texts = [
        (
            place,
            f"{local(text.at):%m/%d %H:%M}",
            words.who(text.by),
            words.say(f"text_of.{text.kind}"),
            _marked(text, marks),
        )
        for place, (text, marks) in zip(ascii_uppercase, page.texts, strict=False)
    ]
    plain, last = page.plain, page.texts[-1][0].turn
    all_plain = button(scene, KeepPage(run.id, after, page.digest), count=len(plain)) if plain else None
    keep, hide = [], []
    for place, (text, _) in zip(ascii_uppercase, page.texts, strict=False):
        hide.append(button(scene, AskWhyWithheld(run.id, after, text.turn), number=place))
        if text.turn not in plain:
            keep.append(button(scene, KeepText(run.id, after, text.turn), number=place))
    onward = button(scene, LookThrough(run.id, last), "button.look.next") if page.left > len(page.texts) else None
    return Screen(
        words.say("look", left=page.left, texts=texts, plain=bool(plain)),
        (*rows(all_plain), *rows(*keep, width=3), *rows(*hide, width=4), *rows(onward)),
    )


@shows
def why_withheld(scene: SceneOf[TextToWithhold]) -> Screen:
    """Ask why words are not to go out; whoever is handed the rest is told so much."""
    run, turn, after = scene.here(), scene.message.turn, scene.message.after
    why = [button(scene, WithholdText(run.id, after, turn, reason)) for reason in WITHHELD_FOR]
    return Screen(scene.words.say("look.why", text=_text(scene, turn)), rows(*why))


@shows
def kept_for_whom(scene: SceneOf[TextToKeep]) -> Screen:
    """Ask to whom words on a colleague may go, one after another: nobody else is shown them."""
    run, turn, after = scene.here(), scene.message.turn, scene.message.after
    looked = run.looked_at.get(turn)
    named = looked.to if looked and looked.keep else ()
    others = [button(scene, KeepTextFor(run.id, after, turn, to)) for to in PARTIES if to not in named]
    to = scene.words.joined(scene.words.say(f"button.look.to.{name}") for name in named)
    back = button(scene, LookThrough(run.id, after), "button.look.enough")
    return Screen(scene.words.say("look.whom", text=_text(scene, turn), to=to), rows(*others, back, width=2))


def _text(scene: Scene, turn: int) -> str:
    entries = scene.engine.journal.entries(run=scene.here().id)
    return shorten(next((text.text for text in free_texts(entries) if text.turn == turn), ""), 200)


def _marked(text: FreeText, marks: Iterable[Mention]) -> Markup:
    """Give the words with what stands out marked."""
    shown, begin = Markup(""), 0
    for mark in marks:
        shown += Markup("{}〔<b>{}</b>〕").format(text.text[begin : mark.start], text.text[mark.start : mark.end])
        begin = mark.end
    return shown + shorten(text.text[begin:], MOST_SIGNS)
