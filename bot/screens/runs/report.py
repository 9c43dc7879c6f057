"""How documents are offered and handed over."""

from __future__ import annotations

from bot.channels.channel import Button
from bot.documents.forms.forms import APPROVED_WHOLE, concerns
from bot.documents.kinds import about, kinds
from bot.documents.orders import PICTURE, Order
from bot.documents.source import Source
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.reports import IN_CHAT, PLAN, ShowForms, ShowPapers, TakePaper, TakePicture
from bot.screens.runs.paper import approve_button, has_blanks, look_button, read_button, unread_names
from bot.screens.runs.run import run_name
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from contacts.rows.plan import holes
from flows.messages.reporting import Document, ReportForms, ReportKinds, ReportSubjects
from flows.record.journal import FACILITY
from flows.scene.circle import seen

LAST_RUNS = 5
"""Ended incidents and drills that are offered, the newest first; all others are there on the command line."""


@shows
def subjects(scene: SceneOf[ReportSubjects]) -> Screen:
    """Ask which run, or the facility, a document is to be about."""
    known = seen(scene.engine.runs(), scene.context, scene.reader)
    runs = [*(r for r in known if r.live), *[r for r in reversed(known) if not r.live][:LAST_RUNS]]
    buttons = [Button(run_name(scene, run)[:64], data_of(ShowPapers(run.id))) for run in runs]
    facility = button(scene, ShowPapers(FACILITY), "button.report.facility")
    return Screen(scene.words.say("report.of"), rows(*buttons, facility))


@shows
def kinds_of_one(scene: SceneOf[ReportKinds]) -> Screen:
    """Ask which document."""
    run, words = scene.run_id, scene.words
    there = [kind for kind in kinds(about(scene.engine.run(run))) if scene.run is None or concerns(kind, scene.run)]
    buttons = [Button(_name(scene, kind), data_of(ShowForms(run, kind))) for kind in there]
    drawn = button(scene, TakePicture(run))
    look = look_button(scene, scene.run) if scene.run else None
    return Screen(words.say("report.kind"), rows(look, *buttons, drawn if run != FACILITY else None))


@shows
def forms_of_one(scene: SceneOf[ReportForms]) -> Screen:
    """Ask in which form."""
    run, kind, words = scene.run_id, scene.message.kind, scene.words
    there = kinds()[kind].formats
    buttons = [button(scene, TakePaper(run, kind, form)) for form in IN_CHAT if form in there]
    return Screen(words.say("report.form", name=_name(scene, kind)), rows(*buttons))


@shows
def report(scene: SceneOf[Document]) -> Screen:
    """Hand a document or the picture over; the file is made apart while everybody else goes on. A form can be approved."""
    kind = scene.message.kind
    file, drawn = order(scene), kind == PICTURE
    blank = kind in APPROVED_WHOLE and has_blanks(scene, _source(scene), kind)
    missing = holes(_source(scene).roster, scene.context.today) if kind == PLAN else ()
    todo = [item.todo.in_language(scene.words.language) for item in missing]
    unread = unread_names(scene) if kind == PLAN else ""
    read = read_button(scene) if kind == PLAN else None
    text = scene.words.say(
        "report", name=_name(scene, kind), blank=blank, todo=todo, unread=unread, read=read is not None
    )
    look = look_button(scene, scene.here()) if blank else None
    approve = approve_button(scene, _source(scene), kind) if kind in APPROVED_WHOLE | {PLAN} else None
    return Screen(text, rows(look, approve, read), document=None if drawn else file, chart=file if drawn else None)


def order(scene: SceneOf[Document]) -> Order:
    """Order the file of a document as of the entry at which it was asked for, however late it is made."""
    message, source = scene.message, _source(scene)
    name = f"{source.run_id}-{message.kind}-{source.seq}.{message.form}"
    return Order(name, message.kind, message.form, source.run_id, scene.words.language, source.seq)


def _source(scene: SceneOf[Document]) -> Source:
    return Source.of(scene.engine, scene.run_id, scene.words.language, scene.message.until, photos=scene.photos)


def _name(scene: Scene, kind: str) -> str:
    if kind == PICTURE:
        return scene.words.label("button.report.picture")
    key = f"paper.{kind}.title"
    return scene.words.label(key) if scene.words.has(key) else kind
