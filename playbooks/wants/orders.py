"""Who is told to do something in what somebody writes: by name, all of them, or nobody by name.

Strict patterns (``library/orders.yaml``): what is told of a colleague, handed to them or asked of a third one is no order to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.texts import Data
from playbooks.triage.people import naming
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "orders.yaml"


class OrdersLexicon(Data):
    """``library/orders.yaml`` in this shape."""

    before: str
    called: str
    between: str
    in_front: str
    behind: str
    request: str
    plainly: str
    forbids: str
    everybody: str
    to_all: str
    roles: dict[str, str]


class Orders:
    """Reads whom an order is for."""

    def __init__(self, lexicon: OrdersLexicon) -> None:
        """Compile what hangs on no names."""
        self._lexicon = lexicon
        self._to_all, self._forbids = pattern_of(lexicon.to_all), pattern_of(lexicon.forbids)

    def named_in(self, text: str, names: Iterable[str]) -> tuple[str, ...]:
        """Give those of some names whose bearers a text tells to do something; nothing where it tells of them, or asks."""
        return tuple(name for name in names if self._is_told(text, names, naming(name)))

    def roles_in(self, text: str) -> frozenset[str]:
        """Give the roles whose holders a text tells to do something, by what they are called here (「看護師さん、…」)."""
        return frozenset(role for role, called in self._lexicon.roles.items() if self._is_told(text, (), called))

    def forbids(self, text: str) -> bool:
        """Say whether an order is not to do something (「佐藤さんは抜いちゃだめ」)."""
        return bool(self._forbids.search(plainly_folded(text).strip()))

    def is_for_everybody(self, text: str) -> bool:
        """Say whether a text tells everybody, by that word, to do something, or what was settled."""
        _, behind, rest = plainly_folded(text).strip().partition("、")
        settled = bool(behind) and pattern_of(self._lexicon.everybody).match(plainly_folded(text).strip()) is not None
        return self._is_told(text, (), self._lexicon.everybody) or (settled and self.is_for_all(rest))

    def is_for_all(self, text: str) -> bool:
        """Say whether a text is what whoever leads orders or settles, and names nobody for."""
        return self._to_all.fullmatch(plainly_folded(text).strip()) is not None

    def _is_told(self, text: str, names: Iterable[str], who: str) -> bool:
        said, it = plainly_folded(text).strip(), self._lexicon
        several = "|".join([who, *map(naming, names)])
        one = f"(?:(?:{several}){it.called}{it.between})*(?:{who}){it.called}(?:{it.between}(?:{several}){it.called})*"
        parts = {
            "@before": it.before,
            "@who": one,
            "@request": it.request,
            "@plainly": it.plainly,
            "@forbids": it.forbids,
        }
        return any(_filled(pattern, parts).fullmatch(said) for pattern in (it.in_front, it.behind))


def _filled(pattern: str, parts: dict[str, str]) -> re.Pattern[str]:
    for sign, part in parts.items():
        pattern = pattern.replace(sign, part)
    return pattern_of(pattern)


@cache
def orders() -> Orders:
    """Give the reader with the lexicon that comes along."""
    return Orders(shipped(OrdersLexicon, LEXICON))
