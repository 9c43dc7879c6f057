"""How upkeep is said: what dates have made due."""

from __future__ import annotations

from bot.screens.house.due import matters
from bot.screens.house.matters import to_matter
from bot.screens.house.retention import to_retention
from bot.screens.house.tasks import task_line
from bot.screens.labels import button
from bot.screens.requests.reports import PLAN, TakePaper
from bot.screens.scene import SceneOf, Screen, lines, rows, shows
from contacts.readiness.readiness import readiness
from flows.facility.plan import CHANGED, TO_READ, plan_matters
from flows.facility.upkeep import is_alive
from flows.messages.hearing import SeeBot
from flows.messages.upkeep import EvidenceOver, Upkeep
from flows.record.journal import FACILITY
from flows.retention.due import is_retention, retention_matters
from flows.state.backups import is_backup, wanting
from flows.state.wall_pack import is_pack, outdated

MOST_LINES = 5
"""Matters named in one message; more only frighten."""


@shows
def upkeep(scene: SceneOf[Upkeep]) -> Screen:
    """Name what is due, the longest due first, as it stands when the message goes out."""
    wanted = scene.message.matters
    due = [
        m
        for m in matters(scene.context.roster, scene.engine.journal.registry, scene.context.today)
        if m.reminder.id in wanted
    ]
    asked = retention_matters(scene.engine.house, scene.context) if any(map(is_retention, wanted)) else ()
    kept = [reminder for to, reminder in asked if to == scene.reader]
    said = [r.text.in_language(scene.words.language) for r in (*kept, *(m.reminder for m in due))]
    ids = {m.split(":")[1] for m in wanted if m.startswith("task:")}
    house, playbooks = scene.engine.house, scene.engine.handbook.playbooks
    pack = outdated(house.wall, scene.context.roster, playbooks) if any(map(is_pack, wanted)) else None
    said += [pack.text.in_language(scene.words.language)] if pack else []
    plan = [r for _, r in plan_matters(house, scene.context) if r.id in wanted]
    said += [r.text.in_language(scene.words.language) for r in plan]
    backups = wanting(house.backups, scene.context.roster.facility, scene.context.now)
    said += [backups.text.in_language(scene.words.language)] if backups and any(map(is_backup, wanted)) else []
    said += [task_line(scene, t) for t in house.open_tasks() if str(t.id) in ids]
    alive = _alive(scene) if any(map(is_alive, wanted)) else []
    if not said:
        return Screen(lines(alive or [scene.words.say("upkeep.settled")]))
    listed = [scene.words.say("upkeep.line", text=text) for text in said[:MOST_LINES]]
    more = [scene.words.say("upkeep.more", count=len(said) - MOST_LINES)] if len(said) > MOST_LINES else []
    buttons = [to_matter(scene, m) for m in due[:MOST_LINES]]
    if pack:
        buttons.append(button(scene, TakePaper(FACILITY, "print_pack", "pdf"), "button.wall_pack"))
    if any(r.what in (CHANGED, TO_READ) for r in plan):
        buttons.append(button(scene, TakePaper(FACILITY, PLAN, "pdf"), "button.plan_take"))
    buttons += [to_retention(scene)] if kept else []
    return Screen(lines([scene.words.say("upkeep", count=len(said)), *listed, *more, *alive]), rows(*buttons))


def _alive(scene: SceneOf[Upkeep]) -> list[str]:
    """Say in a line that the bot is alive, when the last good backup was made, and how ready the facility is."""
    roster, made = scene.context.roster, scene.engine.house.backups.made_at
    figure = readiness(roster, scene.context.today).figure
    day = f"{roster.facility.local(made):%m/%d}" if made else ""
    return [scene.words.say("upkeep.alive", made=day, figure=figure)]


@shows
def evidence_over(scene: SceneOf[EvidenceOver]) -> Screen:
    """Tell those who decide that files are not taken any more, and whose or why."""
    message = scene.message
    who = scene.words.who(message.who) if message.who else ""
    return Screen(scene.words.say("evidence_over", over=message.over, who=who))


@shows
def see_bot(scene: SceneOf[SeeBot]) -> Screen:
    """Say whose bot is to be looked at, and not why."""
    return Screen(scene.words.say("see_bot", facility=scene.context.roster.facility.name))
