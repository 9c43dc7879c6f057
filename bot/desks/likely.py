"""What a text may be about: the playbooks that it may mean, as the desks and the bot's ears are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbooks.first_words.reading import first_words
from playbooks.model import Playbook
from playbooks.triage.gate import gate
from playbooks.triage.lexicon import triage_of
from playbooks.triage.sense import report_sense

MOST_CANDIDATES = 3
"""Playbooks offered as buttons after a report."""

SURE = 0.45
"""From this score on, a report whose writer has no time to answer begins by itself; of everyday sentences in the test
data hardly one reaches it."""

REPORT = 0.7
"""From here on it is a report: how likely it sounds like one, and half the score of the likeliest playbook; below, whoever
wrote it is asked whether something is going on."""

NEAR = 0.5
"""Beside the likeliest, what reaches this part of its score may be it just as well."""


@dataclass(frozen=True)
class Likely:
    """The playbooks that a text may mean, the likeliest first; empty for what sounds like no incident.

    ``near`` are those between which nobody can tell yet. ``faint`` are those of a text that is no report as it stands.
    """

    playbooks: tuple[str, ...] = ()
    sure: bool = False
    near: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()


Triage = Callable[[str], Likely]


def likely_among(playbooks: Mapping[str, Playbook]) -> Triage:
    """Give what tells which of these playbooks a text may mean, at most three."""
    triage = triage_of(playbooks)

    def likely(text: str) -> Likely:
        told = gate().reporting(text)
        found = triage.rank(told)[:MOST_CANDIDATES]
        best = found[0].score if found else 0.0
        if plain := first_words().plain_in(told):
            others = (match.playbook for match in found if match.playbook != plain)
            return Likely((plain, *others)[:MOST_CANDIDATES], sure=True, near=(plain,))
        if not found or report_sense().likelihood(text) + best / 2 < REPORT:
            faint = found or triage.rank(text)[:MOST_CANDIDATES]
            return Likely(faint=tuple(match.playbook for match in faint))
        near = tuple(match.playbook for match in found if match.score >= NEAR * best)
        attack = any(playbooks[name].event == "cyber_attack" for name in near)
        sure = best >= SURE or (attack and gate().works_by_itself(text))
        return Likely(tuple(match.playbook for match in found), sure, near)

    return likely
