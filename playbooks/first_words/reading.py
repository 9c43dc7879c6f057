"""Reading the first words that come along."""

from __future__ import annotations

from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.first_words.shape import FirstWords

FILE = LIBRARY / "first_words.yaml"


@cache
def first_words() -> FirstWords:
    """Read the first words that come along."""
    return shipped(FirstWords, FILE)
