"""How much of patients' data the guard finds, and how often it finds some where there is none.

``python -m tests.bot.privacy.measuring`` prints it for the tables that are there, ``… FILE`` for one of them with what it got wrong.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.privacy.guard import Guard
from bot.privacy.hits import KINDS
from contacts.roster import Roster

HERE = Path(__file__).parent
PRACTICE, UNSEEN = HERE / "practice" / "sentences.tsv", HERE / "unseen" / "sentences.tsv"


@dataclass(frozen=True)
class Measured:
    """``missed`` and ``alarmed`` are sentences with what was not found in them, or found and isn't there."""

    of_kind: Counter[str]
    found: Counter[str]
    missed: Sequence[str]
    clean: int
    alarmed: Sequence[str]

    @property
    def recall(self) -> float:
        """The share of all that is in the sentences (a kind once a sentence) that was found."""
        return self.found.total() / max(1, self.of_kind.total())

    @property
    def false_alarms(self) -> float:
        """The share of clean sentences in which something was found."""
        return len(self.alarmed) / max(1, self.clean)

    def __str__(self) -> str:
        """Give the figures, and those of each kind."""
        kinds = ", ".join(f"{kind} {self.found[kind]}/{self.of_kind[kind]}" for kind in KINDS if self.of_kind[kind])
        return f"recall {self.recall:.1%} ({kinds}); false alarms {self.false_alarms:.1%} ({len(self.alarmed)}/{self.clean})"


def measured(table: Path, roster: Roster | None = None) -> Measured:
    """Measure the guard on a table of sentences and the kinds that are in them."""
    guard = Guard(roster)
    of_kind, found, missed, alarmed, clean = Counter[str](), Counter[str](), [], [], 0
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            there = {kind.strip() for kind in (row["kinds"] or "").split(",") if kind.strip()}
            seen = {hit.kind for hit in guard.found(row["text"])}
            of_kind.update(there)
            found.update(there & seen)
            clean += not there
            if lacking := there - seen:
                missed.append(f"{row['text']}  [{', '.join(sorted(lacking))}]")
            if not there and seen:
                alarmed.append(f"{row['text']}  [{', '.join(sorted(seen))}]")
    return Measured(of_kind, found, missed, clean, alarmed)


if __name__ == "__main__":
    for path in [Path(name) for name in sys.argv[1:]] or [p for p in (PRACTICE, UNSEEN) if p.exists()]:
        figures = measured(path)
        sys.stdout.write(f"{path.parent.name}: {figures}\n")
        if len(sys.argv) > 1:
            lines = ("missed:", *figures.missed, "found where nothing is:", *figures.alarmed)
            sys.stdout.write("\n  ".join(lines) + "\n")
