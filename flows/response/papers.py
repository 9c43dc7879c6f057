"""Documents of a run: the director or a deputy stands behind one, word for word, before it is no draft any more."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commands.papers import ApproveDocument, BlackOut, LookAtTexts, OpenAtMachine
from flows.events.papers import (
    BlackedOut,
    DocumentApproved,
    EvidenceDisposed,
    EvidenceErased,
    OpenedAtMachine,
    RetentionExtended,
    TextsLookedAt,
)
from flows.messages.reporting import BlackedOutTold, DocumentReady
from flows.messages.upkeep import DisposalTold, RetentionIs
from flows.powers import CONSOLE
from flows.record.journal import SOON, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, tells
from flows.scene.circle import sees
from flows.state.run import Run
from flows.state.work import Work, decides

PAPERS = {
    "ppc_preliminary": "ppc_preliminary",
    "ppc_final": "ppc_final",
    "my_number_preliminary": "my_number_prelim",
    "my_number_final": "my_number_final",
    "my_number_notice": "my_number_notice",
    "mhlw": "mhlw",
    "health_centre": "health_centre",
    "police": "police_memo",
}
"""Which kind of document a report is handed in with; a kind has at most 16 signs, since a button that approves it holds 64."""


@decides
def approve_document(work: Work, command: ApproveDocument) -> None:
    """Record that the director or a deputy stands behind a document; by its digest, so any other wording is a draft."""
    approved = work.run.documents.get((command.kind, command.language))
    if approved is not None and approved.sha256 == command.sha256:
        raise Refused("already_approved")
    work.add(DocumentApproved(command.kind, command.language, command.sha256, command.until))


@decides
def look_at_texts(work: Work, command: LookAtTexts) -> None:
    """Record what may go to others of what people wrote; whatever is written later still has to be looked at."""
    if not command.of or not all(0 < turn <= work.run.turns for turn in command.of):
        raise Refused("stale")
    work.add(TextsLookedAt(command.of, command.keep, command.reason, command.to))


@decides
def black_out(work: Work, command: BlackOut) -> None:
    """Let the words of an entry go; which entry that is, and what is read in its place, is the journal's to say."""
    if not 0 < command.of <= work.run.turns:
        raise Refused("stale")
    work.add(BlackedOut(command.of))


@decides
def open_at_machine(work: Work, command: OpenAtMachine) -> None:
    """Record that it was opened, so that those who may know can see it."""
    work.add(OpenedAtMachine(command.what, command.by))


@tells
def _approved(run: Run, event: DocumentApproved, how: Circumstances) -> Iterator[Owed]:
    yield Owed(how.actor, DocumentReady(event.kind, event.language), run.id, priority=SOON)


@tells
def _blacked_out(run: Run, _: BlackedOut, how: Circumstances) -> Iterator[Owed]:
    if not how.actor.startswith(CONSOLE):
        yield Owed(how.actor, BlackedOutTold(), run.id, priority=SOON)


@tells
def _kept_on(run: Run, event: RetentionExtended, how: Circumstances) -> Iterator[Owed]:
    if not how.actor.startswith(CONSOLE):
        yield Owed(how.actor, RetentionIs(event.until), run.id, priority=SOON)


@tells
def _disposed(run: Run, event: EvidenceDisposed, how: Circumstances) -> Iterator[Owed]:
    """All who decide hear of it, and not only whoever did so: nothing goes in silence."""
    told = DisposalTold(how.actor, event.count, event.bytes, event.texts)
    return _to_deciders(run, how, how.turn, told, edits=False)


@tells
def _erased(run: Run, event: EvidenceErased, how: Circumstances) -> Iterator[Owed]:
    said = run.disposals[event.of]
    told = DisposalTold(said.by, event.count, said.bytes, said.texts, True, event.shared, event.gone, event.backups)
    return _to_deciders(run, how, event.of, told, edits=True)


def _to_deciders(run: Run, how: Circumstances, of: int, told: DisposalTold, *, edits: bool) -> Iterator[Owed]:
    for member in dict.fromkeys([told.by, *(m.id for m in how.context.chain())]):
        if how.context.roster.member(member) is not None and sees(run, how.context, member):
            yield Owed(member, told, run.id, key=f"disposed:{run.id}:{of}", priority=SOON, edits=edits)


def handed_in(run: Run, duty: str) -> str:
    """Give the digest of the document that was approved last for a report; empty where none was."""
    approved = [made for (kind, _), made in run.documents.items() if kind == PAPERS.get(duty)]
    return max(approved, key=lambda made: made.turn).sha256 if approved else ""
