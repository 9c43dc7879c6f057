"""Texts for patients in a run: approved by the director before they can be marked as used, each use on record."""

from __future__ import annotations

from flows import events as ev
from flows.refusals import Refused
from flows.state.work import Work


def approve(work: Work, kind: str, language: str, text: str) -> None:
    """Record that the director or a deputy stands behind a text, word for word."""
    if work.context.actor not in {m.id for m in work.context.chain()}:
        raise Refused("chain_only")
    approved = work.run.explanations.get((kind, language))
    if approved is not None and approved.text == text:
        raise Refused("already_approved")
    work.add(ev.ExplanationApproved(kind, language, text))


def use(work: Work, kind: str, language: str, about: str | None) -> None:
    """Record who was told what, when and how; only of a text that was approved."""
    if (kind, language) not in work.run.explanations:
        raise Refused("not_approved")
    if not about:
        work.add(ev.Asked(work.context.actor, "explained", {"kind": kind, "language": language}))
        return
    work.add(ev.ExplanationUsed(kind, language, about))
