"""The sentences from which the senses are learnt, and those that only measure them.

Each file was written and labelled by people who knew nothing of how they are heard; ``by`` tells the writers apart.
``learnt`` is for building, ``unseen`` is by somebody else, and nobody who builds reads it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from playbooks.triage.sense import Name
from tests.playbooks.halves import sentences
from tests.playbooks.triage.test_ranking import utterances

HERE = Path(__file__).parent.parent
Meant = tuple[str, str]
"""A text and what it means."""

Part = Literal["learnt", "unseen"]


@cache
def rows(part: Part, name: str) -> tuple[Mapping[str, str], ...]:
    """Give the rows of a file of sentences."""
    with (HERE / "sentences" / part / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def right(row: Mapping[str, str], meaning: str) -> frozenset[str]:
    """Give all meanings that are right for a row: that of its column ``meaning``, and those beside it."""
    return frozenset({row[meaning], *filter(None, (also.strip() for also in row["also"].split(",")))})


def learnt_by(name: Name, without: str = "") -> list[Meant]:
    """Give what a sense is learnt from, without what one writer wrote."""
    return [meant for by, *meant in _all(name) if by != without or not by]  # type: ignore[misc]


def _all(name: Name) -> Iterator[tuple[str, str, str]]:
    """Give writer, text and meaning of all sentences of a sense."""
    if name == "wants":
        yield from ((row["by"], row["text"], row["wants"]) for row in rows("learnt", "wants"))
        return
    talk = [(row["by"], row["text"]) for row in rows("learnt", "ordinary")]
    talk += [("", text) for measured in (False, True) for text in sentences("ordinary", measured=measured)]
    told = [(row["by"], row["text"], row["playbook"]) for row in rows("learnt", "reports")]
    if name == "reports":
        yield from told
        yield from (("", text, playbook) for playbook, _, text in utterances("tune") if playbook != "unknown")
        yield from ((by, text, "none") for by, text in talk)
        return
    yield from ((row["by"], row["text"], row["kind"]) for row in rows("learnt", "danger"))
    calm = [*talk, *((row["by"], row["text"]) for row in rows("learnt", "lookalike"))]
    calm += [(by, text) for by, text, _ in told]
    calm += [(row["by"], row["text"]) for row in rows("learnt", "wants") if "danger" not in right(row, "wants")]
    calm += [("", text) for measured in (False, True) for text in sentences("lookalike", measured=measured)]
    yield from ((by, text, "calm") for by, text in calm)
