"""What a text tells in so many words that nothing has to be weighed: an own mishap, money that is gone, what was only believed.

The words are data (``library/told.yaml``).
"""

from __future__ import annotations

from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.speech import pattern_of, plainly_folded, remembered
from playbooks.wants.acts import acts

LEXICON = LIBRARY / "told.yaml"


class Telling(Data):
    """What a text has to fit that tells of something, and what must not stand in it.

    ``playbook`` is what it is handled by where nothing else is known; empty where that has to be asked.
    """

    says: str
    unless: str
    playbook: str = ""


class ToldLexicon(Data):
    """``library/told.yaml`` in this shape: patterns over folded text, by the want; the first that fits."""

    told: dict[str, Telling]


class Told:
    """Says what a text plainly tells."""

    def __init__(self, lexicon: ToldLexicon) -> None:
        """Compile the lexicon's patterns."""
        self._told = {
            want: (pattern_of(one.says), pattern_of(one.unless.strip())) for want, one in lexicon.told.items()
        }
        self.playbooks = {want: one.playbook for want, one in lexicon.told.items() if one.playbook}
        self.want_in = remembered(self._want_in)

    def _want_in(self, text: str) -> str:
        """Name the want that a text plainly tells of; empty for none, and where its form speaks against it."""
        said = plainly_folded(text).strip(" 。.!\n")
        fits = (want for want, (says, unless) in self._told.items() if says.search(said) and not unless.search(said))
        return next((want for want in fits if acts().may_tell(want, text)), "")


def told_in(text: str) -> str:
    """Name the want that a text plainly tells of, by the lexicon that comes along; empty for none."""
    return _told().want_in(text)


def playbook_told(text: str) -> str:
    """Name the playbook that a text plainly calls for by itself; empty where it has to be asked what it is."""
    return _told().playbooks.get(told_in(text), "")


@cache
def _told() -> Told:
    return Told(shipped(ToldLexicon, LEXICON))
