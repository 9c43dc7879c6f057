"""What is told in so many words is heard as that, and what only sounds like it isn't."""

from __future__ import annotations

import csv
from pathlib import Path

from playbooks.wants.hearing import wants_of
from playbooks.wants.told import told_in

WRITTEN = Path(__file__).parent.parent / "sentences" / "told.tsv"
"""Neighbours of what people wrote that was only noted down, and as many look-alikes (without a want), written before they were heard."""


def sentences() -> list[tuple[str, str]]:
    """Give each sentence and what it tells."""
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["want"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_what_is_told_is_heard() -> None:
    """A wrong lead, money that is gone, a clip that broke, a screen that came back: whatever was learnt of such words."""
    assert [(text, wants_of(text)) for text, want in sentences() if want and wants_of(text)[:1] != (want,)] == []


def test_what_only_sounds_like_it_is_not() -> None:
    """Who asks, plans, warns or speaks of a patient, a tooth or the rent tells of no mishap."""
    assert [(text, told_in(text)) for text, want in sentences() if not want and told_in(text)] == []
