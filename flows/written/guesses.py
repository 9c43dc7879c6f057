"""Guesses: whether what people write as known still says of itself that it is assumed."""

from __future__ import annotations

import re

_GUESS = re.compile(
    r"推定|推測|思われ|思う|考えられ|可能性|らし[いく]|見立て|見込み|かもしれ|疑い|おそれ|と(?:み|見)られ|だろう|調査中|確認中"
    r"|\b(?:assum|suspect|suppos|presum|guess|probabl|likely|perhaps|maybe|might|may have|think|thinks|believe|seems?|appear)",
    re.IGNORECASE,
)
"""How it is written that a cause is a guess."""


def is_a_guess(text: str) -> bool:
    """Say whether a text says that it is a guess; words that don't may be one all the same."""
    return bool(_GUESS.search(text))
