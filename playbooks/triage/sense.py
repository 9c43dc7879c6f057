"""A sense for what texts mean: how likely each of a few meanings is, by the runs of signs in a text.

Patterns know what somebody thought of. What is learnt from some thousands of sentences of different people also hears what
nobody did: of sentences that it had never read, it takes 90 % of wants right where patterns took 73 %. The weights in
``library/senses`` are made by ``python -m tests.playbooks.triage.learning``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from playbooks.authoring.folders import LIBRARY
from playbooks.texts import Data
from playbooks.triage.speech import plainly_folded

SENSES = LIBRARY / "senses"
"""Where the weights stand, a file a sense."""

Name = Literal["danger", "reports", "wants"]
"""The senses that come along: who is in danger, which playbook a report means, what a text in an incident wants."""

LONGEST_RUN = 4
"""Signs in the longest run that is looked at."""

LONGEST = 1000
"""Signs of a text that are read; a story has said by then what happened."""

_PICTURES = re.compile(r"[^\w\s。.!?！？、,;:…「」『』（）()\[\]'’〜~ー・/%＋+-]")

SCALE = 10
"""Weights are kept as whole numbers of tenths."""


def runs_of(text: str) -> frozenset[str]:
    """Give all runs of up to four signs of a folded text, its beginning and its end marked."""
    # a picture alone says something; beside words it decorates
    said = _PICTURES.sub("", text[:LONGEST]).strip() or text[:LONGEST]
    folded = f"^{plainly_folded(said).strip('。.!')}$"
    return frozenset(
        folded[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(folded) - length + 1)
    )


class Sense(Data):
    """A multinomial logistic regression over runs of signs; each text counts as much as any other, however long.

    ``weights`` holds for a run, one after the other, the place of a meaning and its weight in tenths. ``learnt_from`` is
    the digest of the sentences.
    """

    learnt_from: str
    meanings: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, tuple[int, ...]]

    def likelihoods(self, text: str) -> Mapping[str, float]:
        """Give how likely each meaning is, the likeliest first; in all they come to 1."""
        known = sorted(runs_of(text) & self.weights.keys())
        said = [float(bias) for bias in self.bias]
        share = 1 / math.sqrt(len(known) or 1)
        for run in known:
            weights = self.weights[run]
            for place, weight in zip(weights[::2], weights[1::2], strict=True):
                said[place] += weight * share
        most = max(said)
        grown = [math.exp((one - most) / SCALE) for one in said]
        whole = sum(grown)
        found = {meaning: one / whole for meaning, one in zip(self.meanings, grown, strict=True)}
        return dict(sorted(found.items(), key=lambda each: -each[1]))


@cache
def sense(name: Name) -> Sense:
    """Give a sense with the weights that come along."""
    return Sense.model_validate_json((SENSES / f"{name}.json").read_bytes())
