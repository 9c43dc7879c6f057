"""The lexicon that comes along, and the triage made of it and of a catalogue's signs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.model import Playbook
from playbooks.texts import Texts
from playbooks.triage.ranking import Lexicon, Triage

LEXICON = LIBRARY / "triage.yaml"


def triage_of(playbooks: Mapping[str, Playbook]) -> Triage:
    """Make the triage that knows the signs of these playbooks, a facility's own among them, but for those of drills alone."""
    return _knowing(tuple((name, book.signs) for name, book in playbooks.items() if "incident" in book.use))


@lru_cache(maxsize=4)
def _knowing(signs: tuple[tuple[str, Texts], ...]) -> Triage:
    """Weigh all signs, which takes a good part of a second; the same signs weigh the same."""
    return Triage(dict(signs), _lexicon())


@cache
def _lexicon() -> Lexicon:
    return shipped(Lexicon, LEXICON)
