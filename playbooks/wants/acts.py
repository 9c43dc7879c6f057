"""Whether a sentence can tell of an act: not what asks, plans, denies, supposes, passes on, or is of other things.

The words are data (``library/acts.yaml``).
"""

from __future__ import annotations

from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.speech import SENTENCE, pattern_of, plainly_folded, remembered, unify

LEXICON = LIBRARY / "acts.yaml"


ASKING = frozenset({"question", "request"})
"""Forms by which something is asked of others."""


class ActsLexicon(Data):
    """``library/acts.yaml`` in this shape: patterns over folded text, a clause at a time."""

    breaks: str
    tells: str
    forms: dict[str, str]
    whole: tuple[str, ...]
    whether: str
    no_whether: str
    asks: str
    intends: str
    unless: dict[str, tuple[str, ...]]


class Acts:
    """Says which acts the form of a text leaves possible."""

    def __init__(self, lexicon: ActsLexicon) -> None:
        """Compile the lexicon's patterns."""
        self._breaks, self._tells = pattern_of(lexicon.breaks), pattern_of(lexicon.tells)
        self._forms = {name: pattern_of(form) for name, form in lexicon.forms.items()}
        self._whether, self._no_whether = pattern_of(lexicon.whether), pattern_of(lexicon.no_whether)
        self._asks, self._intends = pattern_of(lexicon.asks), pattern_of(lexicon.intends)
        self._whole, self._unless = frozenset(lexicon.whole), lexicon.unless
        self.clauses = remembered(self._clauses)

    def _clauses(self, text: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """Give the clauses of a text, folded, and the forms of each: its own, and those of its sentence that hold for all of it."""
        found = list[tuple[str, frozenset[str]]]()
        for sentence in SENTENCE.split(unify(text)):
            of_all = self._found(plainly_folded(sentence)) & self._whole
            said = (plainly_folded(part).strip(" 、,。.!\n") for part in self._breaks.split(sentence))
            found += [(clause, self._found(clause) - self._whole | of_all) for clause in said if clause]
        return tuple(found)

    def may_tell(self, act: str, text: str) -> bool:
        """Say whether a text may tell of an act: no clause speaks against it, or one that tells doesn't."""
        against = frozenset(self._unless.get(act, ()))
        clauses = self.clauses(text)
        free = [clause for clause, forms in clauses if against.isdisjoint(forms)]
        return len(free) == len(clauses) or any(self._tells.search(clause) for clause in free)

    def asks_whether(self, text: str) -> bool:
        """Say whether a text asks if something was done, or how it stands, and nothing that is for people to say."""
        folded = plainly_folded(text).strip(" 。.!\n")
        asked = [clause for clause, forms in self.clauses(text) if "question" in forms or clause.endswith("?")]
        return not self._no_whether.search(folded) and any(self._whether.search(clause) for clause in asked)

    def asks_for(self, text: str) -> bool:
        """Say whether a text has the form of a question or a request."""
        return any(not ASKING.isdisjoint(forms) for _, forms in self.clauses(text))

    def ends_asking(self, text: str) -> bool:
        """Say whether a text ends in a form that nobody gives a note (「再開の目処は」, 「やるかだけ教えて」)."""
        return bool(self._asks.search(plainly_folded(text).strip(" 。.!\n")))

    def intends(self, text: str) -> bool:
        """Say whether a text has the form of something that its writer is about to do, or asks whether to."""
        clauses = self.clauses(text)
        return self.asks_for(text) or any("ahead" in forms or self._intends.search(said) for said, forms in clauses)

    def ends_told(self, text: str) -> bool:
        """Say whether a text ends with what has happened, or is so by now."""
        clauses = self.clauses(text)
        return bool(clauses) and bool(self._tells.search(clauses[-1][0]))

    def _found(self, said: str) -> frozenset[str]:
        return frozenset(name for name, form in self._forms.items() if form.search(said))


@cache
def acts() -> Acts:
    """Give the acts with the lexicon that comes along."""
    return Acts(shipped(ActsLexicon, LEXICON))
