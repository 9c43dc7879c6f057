"""A filled workbook into a home: first what it would change, and only then the change, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contacts.registry import held
from contacts.rows.differences import Change
from contacts.rows.proposal import Proposal, propose
from flows.commands.facility import PutRegistry, RegistryRow
from flows.engine import Engine
from flows.record.journal import FACILITY
from playbooks.texts import Data


def proposed(engine: Engine, data: bytes, now: datetime) -> Proposal:
    """Give what a file's bytes would change in a home as it is ``now`` (aware), or every mistake in it."""
    from contacts.workbook import read  # noqa: PLC0415  (openpyxl takes its time to load)

    today = engine.roster().facility.local(now).date()
    return propose(read(data), held(engine.journal.registry), today)


def order(changes: Sequence[Change]) -> PutRegistry:
    """Give the command that makes the changes; the engine refuses it (``stale``) if a row has changed meanwhile."""
    return PutRegistry(
        FACILITY,
        tuple(RegistryRow(c.kind, c.key, _text(c.after), _text(c.before)) for c in changes),
    )


def _text(row: Data | None) -> str | None:
    return None if row is None else row.model_dump_json()
