"""What went wrong for somebody who works here, told by them or by a colleague: a plain report, and no whisper.

The words are data (``library/mishaps.yaml``).
"""

from __future__ import annotations

from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.people import people
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "mishaps.yaml"


class MishapsLexicon(Data):
    """``library/mishaps.yaml`` in this shape: of each playbook the ways in which its mishap is told, each of several patterns."""

    happened: str
    unless: str
    ways: dict[str, tuple[tuple[str, ...], ...]]


class Mishaps:
    """Says which playbook a mishap that is told belongs to."""

    def __init__(self, lexicon: MishapsLexicon) -> None:
        """Compile the lexicon's patterns."""
        self._unless = pattern_of(lexicon.unless)
        self._ways = [
            (book, [pattern_of(each.replace("~", lexicon.happened)) for each in way])
            for book, ways in lexicon.ways.items()
            for way in ways
        ]

    def told_in(self, text: str) -> str:
        """Name the playbook of the mishap that a text plainly tells of; empty where it tells of none, or of a patient's."""
        said = plainly_folded(text).strip(" 。.!\n")
        if self._unless.search(said) or people().named_in(text) == {"other"}:
            return ""
        return next((book for book, way in self._ways if all(each.search(said) for each in way)), "")


@cache
def mishaps() -> Mishaps:
    """Give what tells mishaps with the lexicon that comes along."""
    return Mishaps(shipped(MishapsLexicon, LEXICON))
