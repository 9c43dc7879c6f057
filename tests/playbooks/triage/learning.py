"""Learns to tell reports from talk: ``python -m tests.playbooks.triage.learning`` writes ``playbooks/library/reports.json``.

Only the halves of the sentences that are built with are learnt from; the others measure. Stochastic gradient descent with a
fixed seed and order: the same sentences give the same file.
"""

from __future__ import annotations

import csv
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable

from playbooks.triage.sense import WEIGHTS, ReportSense, runs_of
from tests.playbooks.halves import sentences
from tests.playbooks.triage.test_ranking import utterances
from tests.playbooks.triage.test_strangers import STRANGERS

EPOCHS = 30
STEP = 0.1
SHRINK = 1e-3
LEAST = 0.2
"""Weights below this say nothing and are left out."""


def _strangers(*, talk: bool) -> list[str]:
    with STRANGERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["text"] for row in rows if row["half"] == "build" and (row["playbook"] == "none") == talk]


def learn(reports: Iterable[str], talk: Iterable[str]) -> ReportSense:
    """Fit the weights to what is a report and what is not."""
    told = [(runs_of(text), 1) for text in reports] + [(runs_of(text), 0) for text in talk]
    seen = Counter(run for runs, _ in told for run in runs)
    known = [(sorted(run for run in runs if seen[run] > 1), is_report) for runs, is_report in told]
    weights: defaultdict[str, float] = defaultdict(float)
    bias = 0.0
    order = random.Random(1)
    for _ in range(EPOCHS):
        order.shuffle(known)
        for runs, is_report in known:
            size = math.sqrt(len(runs)) or 1
            likelihood = 1 / (1 + math.exp(-bias - sum(weights[run] for run in runs) / size))
            missed = (is_report - likelihood) * STEP
            bias += missed / 10
            for run in runs:
                weights[run] += missed / size - SHRINK * STEP * weights[run]
    kept = {run: round(weight, 2) for run, weight in sorted(weights.items()) if abs(weight) >= LEAST}
    return ReportSense(bias=round(bias, 2), weights=kept)


def learnt() -> str:
    """Give the file as it has to stand."""
    reports = _strangers(talk=False) + [text for playbook, _, text in utterances("tune") if playbook != "none"]
    talk = [
        *_strangers(talk=True),
        *sentences("ordinary", measured=False),
        *sentences("lookalike", measured=False),
        *(text for playbook, _, text in utterances("tune") if playbook == "none"),
    ]
    return json.dumps(learn(reports, talk).model_dump(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    WEIGHTS.write_text(learnt(), encoding="utf-8")
