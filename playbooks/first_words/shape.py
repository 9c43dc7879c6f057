"""First words: what whoever reports is told at once, and in which other events those orders would do harm.

``library/first_words.yaml`` in the shape below. Which event it is nobody knows for sure in the first seconds, so words are only
given that are harmless in every event that is near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from playbooks.model import Playbook
from playbooks.texts import Data, Text
from playbooks.triage.speech import plainly_folded

CAREFUL = "careful"
"""The name under which the words are chosen that do no harm in any event."""

OWN = "own:"
"""What stands before a playbook's id where its own first words are chosen."""

Effect = Literal["harmless", "late", "harmful"]
"""What a family's orders come to in an event of another: good in it, too; no help; or harm."""


class Family(Data):
    """Events that begin with the same orders; ``effects`` says what these come to in events of each family.

    ``calls`` is how many of those who decide are named to be called, the first ones.
    """

    playbooks: tuple[str, ...]
    words: Text
    hears: str | None = None
    calls: int = 2
    effects: dict[str, Effect]
    source: str


class FirstWords(Data):
    """All families, and the words that harm in none."""

    careful: Text
    careful_effects: dict[str, Effect]
    families: dict[str, Family]

    def family_of(self, playbook: str, text: str) -> str | None:
        """Name the family of a playbook for what somebody wrote; None for a playbook of nobody's."""
        of_it = [(name, family) for name, family in self.families.items() if playbook in family.playbooks]
        said = plainly_folded(text)
        fits = (name for name, f in of_it if f.hears is None or re.search(plainly_folded(f.hears), said))
        return next(fits, of_it[-1][0] if of_it else None)

    def chosen(self, near: Sequence[str], text: str, playbooks: Mapping[str, Playbook]) -> str:
        """Choose words for the playbooks that are near, the nearest first: a family, a playbook's own, or the careful ones."""
        definite = [name for name in near if name != "unknown"] or list(near)
        own = [name for name in definite if name in playbooks and playbooks[name].first_words is not None]
        if own:
            return f"{OWN}{own[0]}" if definite == own[:1] else CAREFUL
        families = list(dict.fromkeys(self.family_of(name, text) for name in definite))
        for name in families:
            if name and all(other and self.families[name].effects[other] == "harmless" for other in families):
                return name
        return CAREFUL

    def words(self, chosen: str, playbooks: Mapping[str, Playbook]) -> Text:
        """Give the words that were chosen; the careful ones for what is no more."""
        if chosen.startswith(OWN):
            book = playbooks.get(chosen.removeprefix(OWN))
            return (book.first_words if book else None) or self.careful
        return self.families[chosen].words if chosen in self.families else self.careful
