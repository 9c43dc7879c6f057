"""What a text wants: the wants it gives away, the one that is answered first at the front, and what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.wants.grammar import Grammar

LEXICON = LIBRARY / "wants.yaml"

QUESTION = "question"
"""What asks for an answer and for nothing that is known by a name."""


def wants_of(text: str) -> tuple[str, ...]:
    """Give what a text wants, the first to be answered at the front; nothing for what is only told."""
    return tuple(heard_in(text))


def heard_in(text: str) -> Mapping[str, tuple[str, ...]]:
    """Give what a text wants, the first to be answered at the front, and of each which kind of it (a rule's ``of``)."""
    grammar = grammar_that_comes_along()
    clauses = [grammar.touches(clause) for clause in grammar.clauses(text)]
    everywhere = frozenset[str]().union(*clauses)
    found: dict[str, frozenset[int]] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for rule in grammar.rules:
        if everywhere.isdisjoint(rule.nowhere):
            units = [everywhere] if rule.across else clauses
            here = frozenset(
                place
                for place, touched in enumerate(units)
                if touched.isdisjoint(rule.unless) and any(touched.issuperset(one.split("+")) for one in rule.any)
            )
            if here:
                found[rule.want] = found.get(rule.want, frozenset()) | here
                kinds[rule.want] = (*kinds.get(rule.want, ()), *filter(None, [rule.of]))
    answered = frozenset[int]().union(*(places for want, places in found.items() if want != QUESTION))
    return {want: kinds[want] for want, places in found.items() if want != QUESTION or not places <= answered}


def called_in(text: str) -> str:
    """Give the reference of whom a text names (``vendor:ehr``), the first in the lexicon's order; empty for nobody."""
    grammar = grammar_that_comes_along()
    return next(iter(grammar.named(text, grammar.numbers)), "")


def thing_in(text: str) -> str:
    """Give the picture of what a text names (``router_wan``), the first in the lexicon's order; empty for nothing."""
    grammar = grammar_that_comes_along()
    return next(iter(grammar.named(text, grammar.things)), "")


def names_a_deed(text: str) -> bool:
    """Say whether a text names what was done, or only that something was."""
    grammar = grammar_that_comes_along()
    return bool(grammar.named(text, grammar.deeds))


def may_mean(text: str, ask: str) -> bool:
    """Say whether "done" in a text may mean the step that asks for ``ask``: the same deed, or none by name."""
    grammar = grammar_that_comes_along()
    said = grammar.named(text, grammar.deeds)
    return not said or not set(said).isdisjoint(grammar.named(ask, grammar.deeds))


@cache
def grammar_that_comes_along() -> Grammar:
    """Give the words and rules that come along."""
    return shipped(Grammar, LEXICON)
