"""How workbooks are said: the template, the mistakes by sheet, row and column, and what would change."""

from __future__ import annotations

from bot.channels.text import units
from bot.documents.orders import REGISTRY, TEMPLATE, Order
from bot.screens.labels import button
from bot.screens.requests.runs import FileUnder
from bot.screens.requests.workbooks import LeaveWorkbook, ReadWorkbook, RegisterWorkbook
from bot.screens.runs.run import run_name
from bot.screens.scene import SceneOf, Screen, lines, rows, shows
from contacts.readiness.readiness import readiness
from flows.messages.setting_up import (
    AskWorkbookOrEvidence,
    WorkbookExport,
    WorkbookMistaken,
    WorkbookOffered,
    WorkbookRegistered,
    WorkbookTemplate,
)

FIRST = 1200
"""Units of text for the lines that are shown at once; a screen or two of a phone."""

FOLLOWING = 6800
"""And for all that follow, two messages at the most."""


@shows
def empty(scene: SceneOf[WorkbookTemplate]) -> Screen:
    """Send the empty workbook."""
    return Screen(scene.words.say("workbook.template"), document=Order("tomoshibi-contacts.xlsx", TEMPLATE, "xlsx"))


@shows
def exported(scene: SceneOf[WorkbookExport]) -> Screen:
    """Send the registry as a workbook."""
    today = scene.context.today
    file = Order(f"tomoshibi-contacts-{today:%Y%m%d}.xlsx", REGISTRY, "xlsx", today=today)
    return Screen(scene.words.say("workbook.export"), document=file)


@shows
def which(scene: SceneOf[AskWorkbookOrEvidence]) -> Screen:
    """Ask what a workbook is that came while something is going on."""
    turn = scene.message.turn
    runs = [run for run in map(scene.engine.run, scene.message.runs) if run]
    record = "workbook.button.evidence" if len(runs) == 1 else "workbook.button.evidence_of"
    return Screen(
        scene.words.say("workbook.which"),
        rows(
            button(scene, ReadWorkbook(turn)),
            *(button(scene, FileUnder(turn, run.id), record, title=run_name(scene, run)) for run in runs),
        ),
    )


@shows
def mistaken(scene: SceneOf[WorkbookMistaken]) -> Screen:
    """Name the mistakes, as many as are read at once; the rest comes below."""
    said, rest = _lines(scene.message.lines)
    count = scene.message.count
    text = scene.words.say("workbook.mistaken", count=count, lines=said, rest=rest, more=count - len(said) - len(rest))
    return Screen(text)


@shows
def offered(scene: SceneOf[WorkbookOffered]) -> Screen:
    """Say what would change, and ask whether it shall, as long as nobody has answered."""
    message, workbook = scene.message, scene.message.workbook
    said, rest = _lines(message.lines)
    more = message.count - len(said) - len(rest)
    counts = {"added": message.added, "changed": message.changed, "removed": message.removed}
    text = scene.words.say("workbook.offered", lines=said, rest=rest, more=more, advice=message.advice, **counts)
    sent = scene.context.house.workbooks.get(workbook)
    waits = sent is not None and sent.state == "offered"
    return Screen(
        text, rows(*(button(scene, asked) for asked in (RegisterWorkbook(workbook), LeaveWorkbook(workbook)) if waits))
    )


@shows
def registered(scene: SceneOf[WorkbookRegistered]) -> Screen:
    """Say that it is entered, and how ready the facility is now."""
    ready = readiness(scene.context.roster, scene.context.today)
    return Screen(
        lines(
            [
                scene.words.say("workbook.registered", count=scene.message.count, figure=ready.figure),
                *(
                    scene.words.say("upkeep.line", text=item.todo.in_language(scene.words.language))
                    for item in ready.next
                ),
            ]
        )
    )


def _lines(found: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Divide what was found into what is shown at once and what follows; what is too much for two messages is left out."""
    texts = [" ".join(line.split()) for line in found]
    said: list[str] = []
    rest: list[str] = []
    room = {0: FIRST, 1: FOLLOWING}
    place = 0
    for text in texts:
        cost = units(text) + 3
        if place == 0 and cost > room[0] and said:
            place = 1
        if cost > room[place] and place == 1:
            break
        (rest if place else said).append(text)
        room[place] -= cost
    return said, rest
