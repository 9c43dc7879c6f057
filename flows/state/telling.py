"""What people told, kept, decided and handed on during a run: notes, evidence, decisions, texts, documents, reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flows.events.explaining import ExplanationApproved, ExplanationUsed, WhereToAskSaid
from flows.events.papers import (
    DocumentApproved,
    EvidenceDisposed,
    EvidenceErased,
    RetentionExtended,
    TextsLookedAt,
)
from flows.events.reporting import DutyFiled, DutyRefused, DutyReminded, DutyWithdrawn, KnownAtMoved
from flows.events.telling import (
    Briefed,
    Corrected,
    Decided,
    DeedConfirmed,
    DowntimeReminded,
    EvidenceKept,
    EvidenceLost,
    EvidenceReceived,
    LineWasAway,
    NoteShared,
    NoteTaken,
    PhotosLookedAt,
    PleaAnswered,
    PleaHeard,
    PleaPassedOn,
    Ratified,
)
from flows.state.run import Approved, DecisionMade, Disposal, Evidence, Filed, Looked, Note, PaperApproved, Plea, Run
from flows.state.stamp import Stamp, evolves

ASKS_OF_ONES_STEP = frozenset({"which", "what_now"})
"""Wants that ask about what one is to do: whoever says so is at it."""


@evolves
def _note_taken(run: Run, event: NoteTaken, stamp: Stamp) -> None:
    run.notes[stamp.turn] = Note(stamp.turn, event.by or stamp.actor, event.text, stamp.occurred_at)


@evolves
def _note_shared(run: Run, event: NoteShared, _: Stamp) -> None:
    if event.of in run.notes:
        run.notes[event.of] = replace(run.notes[event.of], shared=True)


@evolves
def _plea_heard(run: Run, event: PleaHeard, stamp: Stamp) -> None:
    by, at = run.notes[event.of].by, stamp.recorded_at
    run.pleas[event.of] = Plea(event.of, by, event.wants, event.about, event.to, at)
    asks = not ASKS_OF_ONES_STEP.isdisjoint(event.wants)
    if asks and (shown := run.open_step_of(by)) is not None:
        drawn = (*shown.drawn, str(event.about["picture"])) if "which" in event.wants else shown.drawn
        run.shown[shown.turn] = replace(shown, drawn=drawn, asked=at)


@evolves
def _plea_passed_on(run: Run, event: PleaPassedOn, stamp: Stamp) -> None:
    plea = run.pleas[event.of]
    to = tuple(dict.fromkeys((*plea.to, *event.to)))
    run.pleas[event.of] = replace(plea, to=to, passed=stamp.recorded_at, to_all=plea.to_all or not event.to)


@evolves
def _plea_answered(run: Run, event: PleaAnswered, stamp: Stamp) -> None:
    run.pleas[event.of] = replace(run.pleas[event.of], answered=(stamp.actor, stamp.recorded_at, event.text))
    run.asking.pop(stamp.actor, None)
    run.void("plea", of=event.of)


@evolves
def _deed_confirmed(run: Run, event: DeedConfirmed, stamp: Stamp) -> None:
    run.asking.pop(stamp.actor, None)


@evolves
def _briefed(run: Run, _: Briefed, stamp: Stamp) -> None:
    run.briefed = stamp.recorded_at


@evolves
def _downtime_reminded(run: Run, event: DowntimeReminded, _: Stamp) -> None:
    told = [*(f"near:{system}" for system in event.near), *(f"over:{system}" for system in event.over)]
    run.downtimes |= frozenset(told)


@evolves
def _corrected(run: Run, event: Corrected, _: Stamp) -> None:
    before = run.corrections.get(event.of, (None, None))
    run.corrections[event.of] = (event.text or before[0], event.occurred_at or before[1])


@evolves
def _line_was_away(run: Run, event: LineWasAway, stamp: Stamp) -> None:
    run.outages = (*run.outages, (datetime.fromisoformat(event.since), stamp.recorded_at))


@evolves
def _evidence_received(run: Run, event: EvidenceReceived, stamp: Stamp) -> None:
    at = stamp.recorded_at
    run.evidence[stamp.turn] = Evidence(stamp.turn, stamp.actor, event.reference, event.media, event.file_name, at)


@evolves
def _photos_looked_at(run: Run, event: PhotosLookedAt, _: Stamp) -> None:
    run.evidence[event.of] = replace(run.evidence[event.of], patients=event.patients)


@evolves
def _evidence_kept(run: Run, event: EvidenceKept, _: Stamp) -> None:
    run.evidence[event.of] = replace(run.evidence[event.of], sha256=event.sha256, bytes=event.bytes)


@evolves
def _evidence_lost(run: Run, event: EvidenceLost, _: Stamp) -> None:
    run.evidence[event.of] = replace(run.evidence[event.of], lost=event.why)


@evolves
def _retention_extended(run: Run, event: RetentionExtended, _: Stamp) -> None:
    run.kept_until = date.fromisoformat(event.until)


@evolves
def _evidence_disposed(run: Run, event: EvidenceDisposed, stamp: Stamp) -> None:
    files = frozenset(event.files)
    for turn, one in run.evidence.items():
        if one.held and one.sha256 in files:
            run.evidence[turn] = replace(one, disposed=stamp.turn)
    run.disposed_at, run.kept_until = stamp.recorded_at, None
    run.disposals[stamp.turn] = Disposal(stamp.actor, event.files, event.bytes, event.texts)


@evolves
def _evidence_erased(run: Run, event: EvidenceErased, _: Stamp) -> None:
    run.disposals[event.of] = replace(run.disposals[event.of], erased=True)


@evolves
def _decided(run: Run, event: Decided, stamp: Stamp) -> None:
    run.decisions[stamp.turn] = DecisionMade(
        stamp.turn,
        event.decision,
        event.choice,
        event.reason,
        stamp.actor,
        stamp.recorded_at,
        event.provisional,
        shown=event.shown,
    )
    run.asking.pop(stamp.actor, None)


@evolves
def _ratified(run: Run, event: Ratified, stamp: Stamp) -> None:
    run.decisions[event.of] = replace(run.decisions[event.of], ratified=event.approved)
    run.asking.pop(stamp.actor, None)
    run.void("objection", of=event.of)


@evolves
def _known_at_moved(run: Run, event: KnownAtMoved, stamp: Stamp) -> None:
    run.known_at = datetime.fromisoformat(event.at)
    run.asking.pop(stamp.actor, None)


@evolves
def _explanation_approved(run: Run, event: ExplanationApproved, stamp: Stamp) -> None:
    run.explanations[event.kind, event.language] = Approved(event.text, stamp.actor, stamp.recorded_at)


@evolves
def _explanation_used(run: Run, event: ExplanationUsed, stamp: Stamp) -> None:
    approved = run.explanations[event.kind, event.language]
    run.explanations[event.kind, event.language] = replace(approved, uses=approved.uses + 1)
    run.asking.pop(stamp.actor, None)


@evolves
def _where_to_ask(run: Run, event: WhereToAskSaid, stamp: Stamp) -> None:
    run.where_to_ask = event.telephone
    run.asking.pop(stamp.actor, None)


@evolves
def _document_approved(run: Run, event: DocumentApproved, stamp: Stamp) -> None:
    approved = PaperApproved(stamp.turn, stamp.actor, stamp.recorded_at, event.sha256, event.until)
    run.documents[event.kind, event.language] = approved


@evolves
def _texts_looked_at(run: Run, event: TextsLookedAt, _: Stamp) -> None:
    for turn in event.of:
        before = run.looked_at.get(turn)
        named = (*(before.to if before and before.keep else ()), event.to) if event.keep and event.to else ()
        run.looked_at[turn] = Looked(event.keep, event.reason, tuple(dict.fromkeys(named)))


@evolves
def _duty_filed(run: Run, event: DutyFiled, stamp: Stamp) -> None:
    at = stamp.occurred_at
    run.withdrawn.pop(event.duty, None)
    run.filed[event.duty] = Filed(stamp.turn, stamp.actor, at, event.receipt, event.facts, event.document)
    run.asking.pop(stamp.actor, None)


@evolves
def _duty_withdrawn(run: Run, event: DutyWithdrawn, stamp: Stamp) -> None:
    run.withdrawn[event.duty] = run.filed.pop(event.duty)
    run.asking.pop(stamp.actor, None)


@evolves
def _duty_refused(run: Run, event: DutyRefused, stamp: Stamp) -> None:
    run.refused[event.duty] = Filed(stamp.turn, stamp.actor, stamp.recorded_at, event.reason, event.facts)


@evolves
def _duty_reminded(run: Run, event: DutyReminded, _: Stamp) -> None:
    run.duty_reminders |= {f"{event.duty}:{event.what}:{event.day}"}
