"""Facts and the time of knowing as a person types them (``leak=suspected``), refused with a cure where they are wrong.

Strict on purpose: a mistyped fact that was merely passed over could make a report look not owed. What a Japanese keyboard
types for plain signs (``１００１``) is read as them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from rapidfuzz import process

from playbooks.conditions import UNKNOWN
from playbooks.counting import NoCount, counted
from playbooks.duties.clock import UnclearTime
from playbooks.duties.shape import Duties, FactKind
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase


@frozen
class Mistake:
    """What is wrong with one fact; ``line`` counts the facts as given, from 1."""

    line: int
    what: Phrase


class WrongFacts(ValueError):
    """Facts that cannot be meant; ``mistakes`` has all of them."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(mistake.what.en for mistake in mistakes))
        self.mistakes = mistakes


def facts_from(duties: Duties, words: Iterable[str]) -> dict[str, str]:
    """Read ``NAME=VALUE`` words; raises WrongFacts with all mistakes at once."""
    facts: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for line, word in enumerate(words, start=1):
        name, _, value = (part.strip() for part in _plain(word).partition("="))
        kind = duties.facts.get(name)
        sign = ""
        if kind is not None and not kind.values and value not in ("", UNKNOWN):
            try:
                value = str(counted(value))
            except NoCount as no_count:
                sign = no_count.sign
        wrong = [Mistake(line, what) for what in _mistakes(duties, facts, name, value, sign)]
        mistakes += wrong
        if not wrong:
            facts[name] = value
    if mistakes:
        raise WrongFacts(tuple(mistakes))
    return facts


def known_at_from(text: str) -> datetime:
    """Read an ISO 8601 time with its zone; raises UnclearTime with a sentence that shows how to write it."""
    try:
        moment = datetime.fromisoformat(_plain(text).strip())
    except ValueError:
        raise UnclearTime("no_time", text) from None
    if moment.utcoffset() is None:
        raise UnclearTime("no_zone", text)
    return moment


def _plain(text: str) -> str:
    """Give the signs of a Japanese keyboard as the plain ones they stand for, and drop those that nobody sees."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def _mistakes(duties: Duties, facts: dict[str, str], name: str, value: str, sign: str) -> Iterator[Phrase]:
    kind = duties.facts.get(name)
    if not value:
        yield _say("no_value", name=name, example=name or "leak")
    elif kind is None:
        yield _say("none_there", name=name, cure=_did_you_mean(name, duties.facts))
    elif name in facts:
        yield _say("twice", name=name)
    elif not kind.allows(value):
        yield _say("not_a_value", name=name, value=value, cure=_cure(kind, value, sign))


def _cure(kind: FactKind, value: str, sign: str) -> Phrase:
    if kind.values:
        return _did_you_mean(value, (*kind.values, UNKNOWN))
    return _say("number", sign=sign or value, unknown=UNKNOWN)


def _did_you_mean(written: str, names: Iterable[str]) -> Phrase:
    choices = list(names)
    near = process.extractOne(written, choices, score_cutoff=60)
    listed = ", ".join(choices)
    return _say("near", near=near[0], listed=listed) if near else _say("listed", listed=listed)


def _say(key: str, **facts: object) -> Phrase:
    return Phrase("playbooks", f"facts.{key}", tuple(facts.items()))
