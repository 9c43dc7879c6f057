"""What a text may be about: the playbooks that it may mean, as the desks and the bot's ears are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbooks.model import Playbook
from playbooks.triage.lexicon import triage_of

MOST_CANDIDATES = 3
"""Playbooks offered as buttons after a report."""

SURE = 0.45
"""From this score on, a report whose writer has no time to answer begins by itself; of everyday sentences in the test
data hardly one reaches it."""


@dataclass(frozen=True)
class Likely:
    """The playbooks that a text may mean, the likeliest first; empty for what sounds like no incident."""

    playbooks: tuple[str, ...] = ()
    sure: bool = False


Triage = Callable[[str], Likely]


def likely_among(playbooks: Mapping[str, Playbook]) -> Triage:
    """Give what tells which of these playbooks a text may mean, at most three."""
    triage = triage_of(playbooks)

    def likely(text: str) -> Likely:
        found = triage.rank(text)[:MOST_CANDIDATES]
        return Likely(tuple(match.playbook for match in found), sure=bool(found) and found[0].score >= SURE)

    return likely
