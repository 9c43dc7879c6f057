"""The documents that go along with a bundle: the forms that go to its recipient, as PDF, as of the bundle's entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import structlog

from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from bot.documents.forms.forms import FORMS, concerns, forms_for
from bot.documents.house.conditions import NAME as CONDITIONS
from bot.documents.kinds import kinds, make, subject
from bot.documents.source import Source
from bot.home import Home
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY

_log = structlog.get_logger(__name__)


def papers(snapshot: Snapshot, view: View) -> Iterator[tuple[str, bytes]]:
    """Make each document that the recipient may have of this run or of the facility; none of an altered journal.

    How the record stands to the conditions for keeping documents electronically goes along for everybody.

    What an altered journal says is in the bundle's findings; a document would make it look sound.
    """
    wanted = [*OF_THE_HOUSE, *FORMS] if view.recipient.inside else forms_for(view.name)
    if snapshot.findings:
        return
    try:
        home = Home(snapshot.home)
    except BrokenChain as broken:
        _log.warning("bundle.no_documents", why=str(broken))
        return
    try:
        source = Source.of(home.engine, snapshot.run, view.language, snapshot.head.seq)
        source = source if view.recipient.inside else replace(source, decided=view.looked_at)
        for kind in wanted:
            if _fits(source, kind):
                yield f"{kind}.pdf", make(source, kind, "pdf")
        house = Source.of(home.engine, FACILITY, view.language, snapshot.head.seq)
        yield f"{CONDITIONS}.pdf", make(house, CONDITIONS, "pdf")
    finally:
        home.close()


OF_THE_HOUSE = ("timeline", "after_action", "drill_record")
"""What the house's own copy holds beside all forms."""

OF_A_DRILL = frozenset({"timeline", "drill_record"})
"""What is made of a drill: reports to offices are made of incidents alone."""


def _fits(source: Source, kind: str) -> bool:
    """Say whether there is such a document of this source."""
    if not source.is_facility and source.run.drill and kind not in OF_A_DRILL:
        return False
    return kind in kinds(subject(source)) and (source.is_facility or concerns(kind, source.run))
