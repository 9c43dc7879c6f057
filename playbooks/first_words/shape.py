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

    Where its playbook holds other matters, too, ``name`` and ``alarm`` are what it is called and what everybody must do now.

    ``calls`` is how many of those who decide are named to be called, the first ones. ``sets`` are facts of a run that begins so.
    What ``plainly`` is its event is a report of its playbook, however few words it has.
    """

    playbooks: tuple[str, ...]
    words: Text
    hears: str | None = None
    plainly: str | None = None
    name: Text | None = None
    alarm: Text | None = None
    calls: int = 2
    sets: dict[str, str] = {}
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

    def plain_in(self, text: str) -> str:
        """Name the playbook of what a text plainly tells of; empty where it needs weighing."""
        said = plainly_folded(text)
        plain = ((f.playbooks, f.plainly) for f in self.families.values() if f.plainly)
        return next((books[0] for books, words in plain if re.search(plainly_folded(words), said)), "")

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

    def on_top(self, near: Sequence[str], text: str, at_hand: str, playbooks: Mapping[str, Playbook]) -> str:
        """Choose words for what comes on top of a matter whose words are ``at_hand``; empty where these do as well."""
        chosen = self.chosen(near, text, playbooks)
        as_well = chosen in (CAREFUL, at_hand) or self._helps(at_hand, chosen)
        return "" if as_well else chosen

    def apart(self, one: str, other: str) -> bool:
        """Say whether the orders of neither are any good in the other's event, so that it can hardly be the same one."""
        return one in self.families and not self._helps(one, other) and not self._helps(other, one)

    def _helps(self, chosen: str, event: str) -> bool:
        effects = self.families[chosen].effects if chosen in self.families else self.careful_effects
        return effects.get(event) == "harmless"

    def words(self, chosen: str, playbooks: Mapping[str, Playbook]) -> Text:
        """Give the words that were chosen; the careful ones for what is no more."""
        if chosen.startswith(OWN):
            book = playbooks.get(chosen.removeprefix(OWN))
            return (book.first_words if book else None) or self.careful
        return self.families[chosen].words if chosen in self.families else self.careful
