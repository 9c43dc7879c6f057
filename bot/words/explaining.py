"""What a run knows, put into the texts for patients; nothing is said here that no entry says."""

from __future__ import annotations

from hashlib import sha256

from contacts.model import Facility
from flows.state.run import Run
from flows.state.work import Context
from playbooks.explanations.filling import draft
from playbooks.explanations.shape import ExplanationDraft, Explanations, Kind, Values
from playbooks.texts import Language

DATA_STEP = "what_data"
"""The step of the playbooks in which the kinds of data concerned are ticked; its items are kinds in the texts."""

MARK = 8
"""Signs of a digest by which a button says which wording it is about."""


def draft_for(texts: Explanations, run: Run, context: Context, kind: Kind, language: Language) -> ExplanationDraft:
    """Write a text for patients from what the run knows now; LookupError before a playbook was chosen."""
    if run.playbook is None:
        raise LookupError("nothing is known to be explained yet")
    facility = context.roster.facility
    return draft(
        texts, kind, run.playbook.event, facility.kind, _values(run, context, facility), facts_of(run), language
    )


def _values(run: Run, context: Context, facility: Facility) -> Values:
    asked = [answer.given for (_, step), answer in run.answered.items() if step.rpartition("/")[2] == DATA_STEP]
    ticked: list[str] = next((given["ticked"] for given in asked if "ticked" in given), [])
    return Values(
        facility=facility.name,
        day=context.today,
        found_at=facility.local(run.known_at).replace(tzinfo=None) if run.known_at else None,
        data_kinds=tuple(ticked),
        contact=f"{facility.name} {facility.telephone}" if facility.telephone else "",
    )


def facts_of(run: Run) -> dict[str, str]:
    """Give the run's facts, and whom it has told."""
    told = {"police_told": "police", "ppc_told": "ppc_preliminary"}
    return {**run.facts, **{fact: "yes" for fact, duty in told.items() if duty in run.filed}}


def mark_of(text: str) -> str:
    """Give the short mark by which a button says which wording is approved; another wording has another mark."""
    return sha256(text.encode()).hexdigest()[:MARK]
