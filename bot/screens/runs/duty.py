"""How the reports that are owed are said: to whom, by when, how, and what a reminder asks for."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from bot.channels.channel import Button
from bot.screens.cards import card
from bot.screens.labels import button
from bot.screens.requests.reports import ShowForms
from bot.screens.requests.runs import Leak, SayLeak, ShowList
from bot.screens.runs.duty_lines import line, name, when
from bot.screens.runs.run import title
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from flows.commands.people import LearnFacts
from flows.commands.reporting import (
    AskMyNumberPersons,
    AskPersons,
    FileReport,
    MoveKnownAt,
    RefuseReport,
    WithdrawReport,
)
from flows.messages.reporting import (
    DutiesDue,
    DutiesListed,
    DutyDone,
    DutyHeard,
    DutyTakenBack,
    FactsNoted,
    FactsOffered,
    RefusalsOffered,
)
from flows.powers import CHAIN
from flows.response.papers import PAPERS
from flows.response.reporting import SUPPLEMENT, DutyNow, contradictions, duties_now, reminded_on


@shows
def facts_noted(scene: SceneOf[FactsNoted]) -> Screen:
    """Say what was noted; since when it is known with its day, since deadlines start there."""
    known = scene.message.known_at
    at = scene.words.day_and_time(datetime.fromisoformat(known)) if known else ""
    return Screen(scene.words.say("facts_noted", at=at))


@shows
def duties(scene: SceneOf[DutiesListed]) -> Screen:
    """List all reports of a run with what can be done about them."""
    run, words = scene.here(), scene.words
    found = duties_now(run, scene.context.today)
    shown = [d for d in found if d.state != "not_owed" or d.reason]
    known = f"{scene.context.roster.facility.local(run.known_at):%m/%d %H:%M}" if run.known_at else ""
    text = words.say(
        "duties",
        title=title(scene),
        known=known,
        duties=[line(scene, d) for d in shown],
        contradictions=_contradictions(scene),
    )
    filed = _filing(scene, [d for d in shown if d.wanted or d.state == "to_assess"])
    back = [WithdrawReport(run.id, d.id) for d in shown if d.filed is not None]
    filed += [button(scene, order) for order in back if scene.may(order)]
    more = [button(scene, ShowList(run.id, "facts")), button(scene, MoveKnownAt(run.id))]
    if any(scene.may(RefuseReport(run.id, d.id)) for d in shown if d.wanted or d.state == "to_assess"):
        more.append(button(scene, ShowList(run.id, "refusals")))
    return Screen(text, (*rows(*filed, width=2), *rows(*more, width=2)))


def _contradictions(scene: Scene) -> list[str]:
    return [said.in_language(scene.words.language) for said in contradictions(scene.here())]


def _filing(scene: Scene, wanted: list[DutyNow]) -> list[Button]:
    filings = [FileReport(scene.here().id, duty.id) for duty in wanted]
    return [button(scene, filing) for filing in filings if scene.may(filing)]


def _paper(scene: Scene, duty: DutyNow) -> Button | None:
    """Offer the draft of the paper with which a report is handed in, to those who may take it."""
    paper = PAPERS.get(duty.id)
    return button(scene, ShowForms(scene.here().id, paper), "button.duty.paper") if paper and scene.may(CHAIN) else None


@shows
def facts(scene: SceneOf[FactsOffered]) -> Screen:
    """Offer the facts that change what is owed."""
    run = scene.here().id
    leaks = [button(scene, SayLeak(run, leak)) for leak in get_args(Leak) if scene.may(LearnFacts(run, {"leak": leak}))]
    with_number = scene.here().facts.get("my_number") == "yes"
    counted = [AskPersons(run), *([AskMyNumberPersons(run)] if with_number else [])]
    return Screen(scene.words.say("facts"), rows(*leaks, *(button(scene, one) for one in counted)))


@shows
def reminder(scene: SceneOf[DutiesDue]) -> Screen:
    """Remind of what is to be done on a day: one report with how it is done and whom to call, several as a list."""
    run, words = scene.here(), scene.words
    now = {d.id: d for d in duties_now(run, scene.context.today)}
    due = [(now[duty], what) for duty, what in reminded_on(run, scene.message.day) if now[duty].wanted]
    buttons = _filing(scene, [d for d, _ in due])
    if len(due) == 1:
        return Screen(_in_full(scene, *due[0]), rows(*buttons, _paper(scene, due[0][0])))
    listed = [
        words.say("duty_reminder.line", name=name(scene, d.id), says=_says(scene, d, what), when=when(scene, d))
        for d, what in due
    ]
    all_of_them = button(scene, ShowList(run.id, "duties"))
    return Screen(words.say("duty_reminder.several", listed=listed), rows(*buttons, all_of_them, width=2))


def _says(scene: Scene, duty: DutyNow, what: str) -> str:
    if what in ("overdue", SUPPLEMENT):
        return scene.words.say(f"duties.{what}")
    law = duty.owed.duty.reminders if duty.owed else ()
    return next((r.says.in_language(scene.words.language) for r in law if r.what == what), "")


def _in_full(scene: Scene, duty: DutyNow, what: str) -> str:
    law = duty.owed.duty if duty.owed else None
    contact = card(scene, law.contact) if law and law.contact else None
    return scene.words.say(
        "duty_reminder",
        name=name(scene, duty.id),
        says=_says(scene, duty, what),
        when=when(scene, duty),
        how=law.how[0].says.in_language(scene.words.language) if law else "",
        confirm=law.confirm.in_language(scene.words.language) if law and law.confirm else "",
        contact=contact.text if contact else "",
    )


@shows
def refusals(scene: SceneOf[RefusalsOffered]) -> Screen:
    """Offer the reports that the director may find not owed."""
    run = scene.here()
    wanted = [d for d in duties_now(run, scene.context.today) if d.wanted or d.state == "to_assess"]
    return Screen(
        scene.words.say("refusals"), rows(*(button(scene, RefuseReport(run.id, d.id)) for d in wanted), width=2)
    )


@shows
def filed(scene: SceneOf[DutyDone]) -> Screen:
    """Tell that a report was made."""
    duty = scene.message.duty
    made = scene.here().filed[duty]
    who, at = scene.words.who(made.by), scene.words.clock_time(made.at)
    return Screen(scene.words.say("duty_filed", name=name(scene, duty), who=who, time=at, words=made.words))


@shows
def heard(scene: SceneOf[DutyHeard]) -> Screen:
    """Ask whoever may file to make sure of what somebody says they made."""
    said, run = scene.message, scene.here()
    still = [d for d in duties_now(run, scene.context.today) if d.id == said.duty and d.state != "filed"]
    who = scene.words.who(said.by)
    text = scene.words.say("duty_heard", name=name(scene, said.duty), who=who, words=said.words)
    return Screen(text, rows(*_filing(scene, still)))


@shows
def taken_back(scene: SceneOf[DutyTakenBack]) -> Screen:
    """Say that a report is owed again, with the receipt that had been given, and how it is filed."""
    said, run = scene.message, scene.here()
    again = [d for d in duties_now(run, scene.context.today) if d.id == said.duty and d.state != "filed"]
    text = scene.words.say(
        "duty_withdrawn",
        name=name(scene, said.duty),
        who=scene.words.who(said.by),
        reason=said.reason,
        receipt=said.receipt,
        when=when(scene, again[0]) if again else "",
    )
    return Screen(text, rows(*_filing(scene, again)))
