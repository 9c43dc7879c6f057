"""How readiness is said: three things to do next, one figure below them, and every item for whoever wants it."""

from __future__ import annotations

from bot.screens.house.keeping import backup_line
from bot.screens.house.retention import retention_line
from bot.screens.labels import button
from bot.screens.requests.setup import ShowStep
from bot.screens.requests.upkeep import ShowItem, ShowReadiness
from bot.screens.scene import SceneOf, Screen, rows, shorten, shows
from contacts.readiness.chart import as_text
from contacts.readiness.chart import chart as draw
from contacts.readiness.readiness import readiness
from contacts.readiness.requirements import Item
from contacts.rows.sheets import (
    CONNECTIONS,
    CONTACTS,
    CONTRACTS,
    EQUIPMENT,
    FACILITY,
    MEMBERS,
    RESPONSIBILITIES,
    SYSTEMS,
    WEEKDAYS,
    Sheet,
)
from flows.messages.upkeep import ChartShown, ReadinessAll, ReadinessItem, ReadinessShown
from flows.powers import CHAIN

_SHEETS: dict[str, Sheet] = {
    "deputy": MEMBERS,
    "safety_manager": MEMBERS,
    "reachable": MEMBERS,
    "hours": WEEKDAYS,
    "prefecture": FACILITY,
    "telephone": FACILITY,
    "systems": SYSTEMS,
    "system_vendor": SYSTEMS,
    "downtime": SYSTEMS,
    "on_paper": SYSTEMS,
    "backup": SYSTEMS,
    "restore_order": SYSTEMS,
    "restore_test": SYSTEMS,
    "responsibilities": RESPONSIBILITIES,
    "connections": CONNECTIONS,
    "vendor_number": CONTACTS,
    "vendor_emergency": CONTACTS,
    "vendor_asked": CONTACTS,
    "remote_line": CONTACTS,
    "numbers_fresh": CONTACTS,
    "outside": CONTACTS,
    "contract": CONTRACTS,
    "contract_dates": CONTRACTS,
    "emergency_clause": CONTRACTS,
    "data_return": CONTRACTS,
    "equipment": EQUIPMENT,
    "equipment_checked": EQUIPMENT,
}


_STEPS: dict[str, str] = {
    "prefecture": "prefecture",
    "telephone": "telephone",
    "hours": "hours",
    "safety_manager": "safety_manager",
    "deputy": "deputies",
    "reachable": "staff",
    "systems": "systems",
    "system_vendor": "details",
    "downtime": "details",
    "vendor_number": "vendors",
    "outside:authority": "authorities",
    "outside:adviser": "advisers",
    "equipment": "equipment",
}


def step_of(item: Item) -> str | None:
    """Give the step of the set-up in chat that asks for an item; None for what is entered in the workbook alone."""
    kind, _, rest = item.id.partition(":")
    return _STEPS.get(kind) or _STEPS.get(f"{kind}:{rest.partition(':')[0]}")


def sheet_of(item: Item) -> Sheet:
    """Give the sheet of the workbook on which an item is entered."""
    return _SHEETS[item.id.partition(":")[0]]


@shows
def figure(scene: SceneOf[ReadinessShown]) -> Screen:
    """Name the three things to do next, and the figure below them; each leads to where it is done."""
    words = scene.words
    now = readiness(scene.context.roster, scene.context.today)
    todo = [item.todo.in_language(words.language) for item in now.next]
    buttons = [
        button(scene, ShowItem(item.id), number=n, text=shorten(text, 30))
        for n, (item, text) in enumerate(zip(now.next, todo, strict=True), start=1)
    ]
    text = words.say("readiness", todo=todo, figure=now.figure, backup=backup_line(scene), kept=retention_line(scene))
    return Screen(text, rows(*buttons, button(scene, ShowReadiness())))


@shows
def everything(scene: SceneOf[ReadinessAll]) -> Screen:
    """List every item: how far it is, and which rule wants it; what is open comes first."""
    words = scene.words
    now = readiness(scene.context.roster, scene.context.today)
    listed = [
        words.say(
            "readiness.line",
            text=item.todo.in_language(words.language),
            complete=item.complete,
            done=min(item.done, item.of),
            of=item.of,
            guidance=item.guidance,
            checklist=item.checklist,
        )
        for item in sorted(now.items, key=lambda i: i.complete)
    ]
    return Screen(words.say("readiness.all", items=listed, figure=now.figure))


@shows
def one(scene: SceneOf[ReadinessItem]) -> Screen:
    """Say of one item what is to do, who wants it and on which sheet it is entered."""
    words = scene.words
    now = readiness(scene.context.roster, scene.context.today)
    item = next(i for i in now.items if i.id == scene.message.item)
    step = step_of(item) if scene.may(CHAIN) else None
    in_chat = button(scene, ShowStep(step), "button.ready.setup") if step else None
    return Screen(
        words.say(
            "readiness.item",
            text=item.todo.in_language(words.language),
            guidance=item.guidance,
            checklist=item.checklist,
            sheet=sheet_of(item).title.in_language(words.language),
            chat=step is not None,
        ),
        rows(in_chat),
    )


@shows
def chart(scene: SceneOf[ChartShown]) -> Screen:
    """Show the contact chart in words, gaps as gaps."""
    drawn = draw(scene.context.roster, scene.context.today, scene.words.language)
    return Screen(scene.words.say("chart", text=as_text(drawn)))
