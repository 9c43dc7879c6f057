"""The lexicon that comes along, and the triage made of it and of a catalogue's signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.model import Playbook
from playbooks.remembering import remembered
from playbooks.texts import Language, Texts
from playbooks.triage.ranking import Lexicon, Scales, Triage

LEXICON = LIBRARY / "triage.yaml"

MOST = 8
"""Scales that are remembered, some megabytes each: those of two versions of the program, or of two facilities, in all languages."""


def triage_of(playbooks: Mapping[str, Playbook]) -> Triage:
    """Make the triage that knows the signs of these playbooks, a facility's own among them, but for those of drills alone."""
    return _knowing(tuple((name, book.signs) for name, book in playbooks.items() if "incident" in book.use))


@lru_cache(maxsize=4)
def _knowing(signs: tuple[tuple[str, Texts], ...]) -> Triage:
    """Make the triage of these signs; weighed they are remembered between starts, since that takes a second and more."""
    made_of = [
        _lexicon().model_dump_json(),
        *(part for name, texts in signs for part in (name, texts.model_dump_json())),
    ]

    def ready(language: Language | None, weighed: Callable[[], Scales]) -> Scales:
        known = remembered(Scales, (part.encode() for part in (language or "", *made_of)), weighed, most=MOST)
        return known or weighed()

    return Triage(dict(signs), _lexicon(), ready)


@cache
def _lexicon() -> Lexicon:
    return shipped(Lexicon, LEXICON)
