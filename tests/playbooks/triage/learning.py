"""Learns the senses from sentences: ``python -m tests.playbooks.triage.learning`` writes ``playbooks/library/senses``.

It takes a minute, so that the suite only looks whether the sentences are those that were learnt from. What stands in
``sentences/unseen`` is never learnt from; it measures. Stochastic gradient descent with a fixed seed and order: the same
sentences give the same files.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from playbooks.triage.sense import SCALE, SENSES, Name, Sense, runs_of
from tests.playbooks.triage.sentences import Meant, learnt_by

EPOCHS = 15
STEP = 0.5
SLOWER = 0.9
"""By which the step shrinks after each round."""

SHRINK = 1e-3
BIAS_STEP = 0.02
OFTEN = 3
"""Runs that stand in fewer sentences say nothing that would carry over."""

LEAST = 0.2
"""Weights below this are left out."""

Weights = NDArray[np.float64]
Places = NDArray[np.int64]

UNLIKELY = 0.002
"""Meanings that are less likely than this learn nothing from a sentence."""


def learn(sentences: Iterable[Meant]) -> Sense:
    """Fit the weights to what sentences mean."""
    told = [(runs_of(text), meaning) for text, meaning in sentences]
    meanings = sorted({meaning for _, meaning in told})
    seen = Counter(run for runs, _ in told for run in runs)
    often = sorted(run for run, times in seen.items() if times >= OFTEN)
    place_of = {run: place for place, run in enumerate(often)}
    known = [
        (np.array(sorted(place_of[run] for run in runs if run in place_of), dtype=np.int64), meanings.index(meaning))
        for runs, meaning in told
    ]
    weights, bias = np.zeros((len(often), len(meanings))), np.zeros(len(meanings))
    order, step = random.Random(1), STEP
    for _ in range(EPOCHS):
        order.shuffle(known)
        for runs, meant in known:
            _learn_one(weights, bias, runs, meant, step)
        step *= SLOWER
    kept = {run: _kept(weights[place]) for run, place in place_of.items()}
    return Sense(
        learnt_from="",
        meanings=tuple(meanings),
        bias=tuple(round(float(one) * SCALE) for one in bias),
        weights={run: each for run, each in kept.items() if each},
    )


def _learn_one(weights: Weights, bias: Weights, runs: Places, meant: int, step: float) -> None:
    share = 1 / math.sqrt(len(runs) or 1)
    rows = weights[runs]
    said = bias + share * rows.sum(axis=0)
    grown = np.exp(said - said.max())
    missed = grown / grown.sum()
    missed[meant] -= 1
    missed[np.abs(missed) < UNLIKELY] = 0
    bias -= step * BIAS_STEP * missed
    weights[runs] = rows - step * (share * missed + SHRINK * rows * (missed != 0))


def _kept(row: Weights) -> tuple[int, ...]:
    """Give of each weight that says something its place and what it is, in tenths."""
    return tuple(
        part for place, one in enumerate(row) if abs(one) >= LEAST for part in (place, round(float(one) * SCALE))
    )


def digest(sentences: Iterable[Meant]) -> str:
    """Give the digest of what is learnt from, in its order."""
    return sha256(json.dumps(list(sentences), ensure_ascii=False).encode()).hexdigest()


def written(sense: Sense) -> str:
    """Give the file as it has to stand: a line a hundred runs, so that no line is too long for an editor."""
    return json.dumps(sense.model_dump(), ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n"


def figures(sense: Sense, unseen: Mapping[str, frozenset[str]]) -> float:
    """Give the share of sentences whose likeliest meaning is right."""
    right = sum(next(iter(sense.likelihoods(text))) in meant for text, meant in unseen.items())
    return right / len(unseen)


if __name__ == "__main__":
    every: tuple[Name, ...] = get_args(Name)
    for name in (one for one in every if one in (sys.argv[1:] or every)):
        sentences = learnt_by(name)
        learnt = learn(sentences).model_copy(update={"learnt_from": digest(sentences)})
        SENSES.mkdir(exist_ok=True)
        (SENSES / f"{name}.json").write_text(written(learnt), encoding="utf-8")
