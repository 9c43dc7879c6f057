"""Who the people of a bundle are, so that whoever checks it can tell that their names are those that were entered."""

from __future__ import annotations

import json
from typing import Final

from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from flows.record.rows import shown

PEOPLE: Final = "people.jsonl"

_NAMED: Final = frozenset({"", "id", "name", "roles"})
"""What is shown of a member; telephone numbers, languages and times of absence stay digests."""


def people(snapshot: Snapshot, view: View) -> bytes | None:
    """Write the members, one a line; None for whoever is shown no names, and where no entry proves any yet."""
    if not view.recipient.names or not snapshot.people:
        return None
    lines = (json.dumps(shown(row, _NAMED), ensure_ascii=False, separators=(",", ":")) for row in snapshot.people)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
