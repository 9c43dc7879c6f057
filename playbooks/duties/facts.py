"""Facts and the time of knowing as a person types them (``leak=suspected``), refused with a cure where they are wrong.

Strict on purpose: a mistyped fact that was merely passed over could make a report look not owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from rapidfuzz import process

from playbooks.conditions import UNKNOWN
from playbooks.duties.clock import UnclearTime
from playbooks.duties.shape import Duties, FactKind
from playbooks.problems import Problem


class WrongFacts(ValueError):
    """Facts that cannot be meant; ``problems`` has one line for each (``line`` counts the facts as given, from 1)."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def facts_from(duties: Duties, words: Iterable[str], source: str = "--fact") -> dict[str, str]:
    """Read ``NAME=VALUE`` words; raises WrongFacts with all mistakes at once. ``source`` stands before each of them."""
    facts: dict[str, str] = {}
    problems: list[Problem] = []
    for line, word in enumerate(words, start=1):
        name, _, value = (part.strip() for part in word.partition("="))
        mistakes = [Problem(source, line, *mistake) for mistake in _mistakes(duties, facts, name, value)]
        problems += mistakes
        if not mistakes:
            facts[name] = str(int(value)) if value.isdecimal() else value
    if problems:
        raise WrongFacts(tuple(problems))
    return facts


def known_at_from(text: str) -> datetime:
    """Read an ISO 8601 time with its zone; raises UnclearTime with a sentence that shows how to write it."""
    cure = "write the time as in 2026-11-30T10:00+09:00"
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UnclearTime(f"`{text}` is no time; {cure}") from None
    if moment.utcoffset() is None:
        raise UnclearTime(f"`{text}` has no zone; {cure}")
    return moment


def _mistakes(duties: Duties, facts: dict[str, str], name: str, value: str) -> Iterator[tuple[str, str]]:
    kind = duties.facts.get(name)
    if not value:
        yield f"`{name}` has no value", f"write `{name or 'leak'}=VALUE`, as in `leak=suspected`"
    elif kind is None:
        yield f"there is no fact `{name}`", _did_you_mean(name, duties.facts)
    elif name in facts:
        yield f"`{name}` is given twice", "give it once"
    elif not kind.allows(value):
        yield f"`{name}` cannot be `{value}`", _cure(kind, value)


def _cure(kind: FactKind, value: str) -> str:
    if kind.values:
        return _did_you_mean(value, (*kind.values, UNKNOWN))
    return f"write a whole number without commas, as in 1200, or `{UNKNOWN}`"


def _did_you_mean(written: str, names: Iterable[str]) -> str:
    choices = list(names)
    near = process.extractOne(written, choices, score_cutoff=60)
    listed = f"one of {', '.join(choices)}"
    return f"did you mean `{near[0]}`? It is {listed}" if near else f"did you mean {listed}?"
