"""How likely it is that a text tells of trouble that goes on, by the runs of signs in it: learnt from sentences, no list of words.

Patterns of what is over, planned or asked (:mod:`playbooks.triage.gate`) know what somebody thought of; what is learnt
also hears what nobody did. The weights in ``library/reports.json`` are made by ``tests/playbooks/triage/learning.py``.
"""

from __future__ import annotations

import math
from functools import cache

from playbooks.catalogue import LIBRARY
from playbooks.texts import Data
from playbooks.triage.speech import plainly_folded

WEIGHTS = LIBRARY / "reports.json"

LONGEST_RUN = 4
"""Signs in the longest run that is looked at."""


def runs_of(text: str) -> frozenset[str]:
    """Give all runs of up to four signs of a folded text, its beginning and its end marked."""
    folded = f"^{plainly_folded(text).strip('。.!')}$"
    return frozenset(
        folded[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(folded) - length + 1)
    )


class ReportSense(Data):
    """A logistic regression over runs of signs; each text counts as much as any other, however long."""

    bias: float
    weights: dict[str, float]

    def likelihood(self, text: str) -> float:
        """Give how likely a text is a report, from 0 to 1."""
        known = runs_of(text) & self.weights.keys()
        said = sum(self.weights[run] for run in sorted(known)) / math.sqrt(len(known) or 1)
        return 1 / (1 + math.exp(-self.bias - said))


@cache
def report_sense() -> ReportSense:
    """Give the sense with the weights that come along."""
    return ReportSense.model_validate_json(WEIGHTS.read_bytes())
