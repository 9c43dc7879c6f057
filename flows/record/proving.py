"""What proves who people are: digests of the registry's rows in the bodies of entries, and the comparison with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flows.record.chain import parsed
from flows.record.journal import Entry
from flows.record.rows import Change, Row
from playbooks.frozen import frozen

REGISTRY_BASELINE: Final = "registry_baseline"
"""The kind of the entry that takes in a registry as it stands: ``held`` are [digest, since], ``past`` [digest, since, until]."""

REGISTRY_PROVED: Final = "registry_proved"
"""The kind of the entry that goes with each change: from entry ``since`` on ``held`` hold, and ``gone`` hold no longer."""

REGISTRY_ERASED: Final = "registry_erased"
"""The kind of the entry that says that past rows were erased, with their salts: ``rows`` are their digests."""

KINDS_OF_PROOF: Final = frozenset({REGISTRY_BASELINE, REGISTRY_PROVED, REGISTRY_ERASED})


def proof_of(changes: Iterable[Change]) -> dict[str, object]:
    """Give the body of the entry that proves changes made together; ValueError if they don't hold from one entry on."""
    made = list(changes)
    [since] = {change.since for change in made}
    return {
        "since": since,
        "held": [change.held for change in made if change.held],
        "gone": [change.gone for change in made if change.gone],
    }


def baseline_of(rows: Iterable[Row]) -> dict[str, object]:
    """Give the body of the entry that takes in a registry as it stands."""
    rows = list(rows)
    return {
        "held": [[row.digest(), row.since] for row in rows if row.until is None],
        "past": [[row.digest(), row.since, row.until] for row in rows if row.until is not None],
    }


@frozen
class Mismatch:
    """A row that no entry proves (``row``), or the entry ``seq`` whose row is not there any more."""

    row: Row | None = None
    seq: int | None = None


@dataclass
class RegistryProof:
    """What the entries say of the registry, taken in one after the other.

    ``since`` is the first entry that proves anything, ``erased`` are the entries by which rows were erased.
    """

    since: int | None = None
    erased: list[int] = field(default_factory=list)
    _held: dict[str, tuple[int, int]] = field(default_factory=dict)
    _past: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def digests(self) -> frozenset[str]:
        """All digests of rows that hold or held."""
        return frozenset(self._held) | frozenset(self._past)

    def take(self, entry: Entry) -> None:
        """Take an entry in, if it proves anything; ValueError, KeyError or TypeError for a body that isn't one."""
        if entry.kind not in KINDS_OF_PROOF:
            return
        said: Mapping[str, Any] = parsed(entry.body)
        self.since = self.since or entry.seq
        if entry.kind == REGISTRY_BASELINE:
            self._held |= {digest: (since, entry.seq) for digest, since in said["held"]}
            self._past |= {digest: (since, until, entry.seq) for digest, since, until in said["past"]}
        elif entry.kind == REGISTRY_PROVED:
            self._held |= dict.fromkeys(said["held"], (said["since"], entry.seq))
            for gone in said["gone"]:
                if gone in self._held:
                    since, _ = self._held.pop(gone)
                    self._past[gone] = since, said["since"], entry.seq
        else:
            for digest in said["rows"]:
                self._past.pop(digest, None)
            self.erased.append(entry.seq)

    def mismatches(self, rows: Iterable[Row]) -> Iterator[Mismatch]:
        """Compare the registry and its history with what was taken in; nothing is compared where nothing proves it."""
        if self.since is None:
            return
        held, past = dict(self._held), dict(self._past)
        for row in rows:
            try:
                digest = row.digest()
            except ValueError:
                yield Mismatch(row)
                continue
            if row.until is None:
                since, _ = held.pop(digest, (None, 0))
                if since != row.since:
                    yield Mismatch(row)
            elif past.pop(digest, (None, None, 0))[:2] != (row.since, row.until):
                yield Mismatch(row)
        for seq in sorted({one[-1] for one in (*held.values(), *past.values())}):
            yield Mismatch(seq=seq)
