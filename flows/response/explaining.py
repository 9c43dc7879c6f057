"""Texts for patients in a run: approved by the director before they can be marked as used, each use on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contacts.written.phone import NotANumber, plain_number
from flows.commands.explaining import ApproveExplanation, SayWhereToAsk, UseExplanation
from flows.events.explaining import ExplanationApproved, ExplanationUsed, WhereToAskSaid
from flows.events.working import Asked
from flows.messages.reporting import ExplanationNoted, ExplanationReady, ExplanationShown
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.asking import ask_once_more, order, takes
from flows.response.audience import Circumstances, followers, tells
from flows.state.run import Run
from flows.state.work import Work, decides


@decides
def approve(work: Work, command: ApproveExplanation) -> None:
    """Record that the director or a deputy stands behind a text, word for word."""
    kind, language, text = command.kind, command.language, command.text
    approved = work.run.explanations.get((kind, language))
    if approved is not None and approved.text == text:
        raise Refused("already_approved")
    work.add(ExplanationApproved(kind, language, text))


@decides
def use(work: Work, command: UseExplanation) -> None:
    """Record who was told what, when and how; only of a text that was approved."""
    kind, language, about = command.kind, command.language, command.about
    if (kind, language) not in work.run.explanations:
        raise Refused("not_approved")
    if not about:
        work.add(Asked(work.context.actor, "explained", {"kind": kind, "language": language}))
        return
    work.add(ExplanationUsed(kind, language, about))


@takes("explained")
def _explained(work: Work, about: Mapping[str, Any], text: str) -> None:
    use(work, UseExplanation(work.run.id, about["kind"], about["language"], text))


@decides
def say_where_to_ask(work: Work, command: SayWhereToAsk) -> None:
    """Ask for the number that patients may call, which a text needs before anybody can stand behind it, or take it."""
    about = {"kind": command.kind, "language": command.language}
    if command.telephone is None:
        work.add(Asked(work.context.actor, "where_to_ask", about))
        return
    try:
        number = plain_number(command.telephone)
    except NotANumber:
        ask_once_more(work, "where_to_ask", about, command.telephone)
    else:
        work.add(WhereToAskSaid(number, command.kind, command.language))


@takes("where_to_ask")
def _where_to_ask(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, SayWhereToAsk(work.run.id, about["kind"], about["language"], text))


@tells
def _where(run: Run, event: WhereToAskSaid, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, ExplanationShown(event.kind, event.language), run.id, priority=SOON)


@tells
def _approved(run: Run, event: ExplanationApproved, how: Circumstances) -> Iterator[Owed]:
    said = ExplanationReady(event.kind, event.language)
    return (Owed(m, said, run.id, priority=SOON) for m in followers(run, how.context))


@tells
def _used(run: Run, _: ExplanationUsed, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, ExplanationNoted(), run.id, priority=SOON)
