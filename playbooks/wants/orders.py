"""Who is told to do something in what somebody writes: by name, all of them, or nobody by name.

Strict patterns (``library/orders.yaml``): what is told of a colleague, handed to them or asked of a third one is no order to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
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
    about: str
    begins: str
    later: str
    earlier: str
    behind: str
    request: str
    plainly: str
    forbids: str
    others: list[str]
    instead: list[str]
    everybody: str
    to_all: str
    plain: str
    shares: str
    asked: str
    roles: dict[str, str]
    no_person: str
    no_role: str
    calls: str


class Orders:
    """Reads whom an order is for."""

    def __init__(self, lexicon: OrdersLexicon) -> None:
        """Compile what hangs on no names."""
        self._lexicon = lexicon
        self._to_all, self._forbids = pattern_of(lexicon.to_all), pattern_of(lexicon.forbids)
        self._plain = pattern_of(lexicon.plain)
        self._others, self._instead = (
            [pattern_of(sign) for sign in signs] for signs in (lexicon.others, lexicon.instead)
        )

    def told(self, text: str, names: Sequence[str]) -> dict[str, str]:
        """Give what a text tells each to do, by their name of some names or by their role; nothing where it tells of them, or asks.

        One text may tell several each something else; whom it excepts it tells nothing.
        """
        _, rest = self._excepted(self._instead, text, names)
        said, spared = rest or plainly_folded(text).strip(), self.spared(text, names)
        who = {one: called for one, called in self._present(said, names).items() if one not in spared}
        it, several = self._lexicon, list(who.values())
        if not who:
            return {}
        told: dict[str, str] = {}
        begins = self._said_to(it.begins, several, "|".join(several))
        parts, pending = begins.split(said), ""
        for number, part in enumerate(parts, 1):
            pending += part
            forms = [
                it.in_front,
                it.behind,
                *([it.later] if told or rest else []),
                *([it.earlier] if number < len(parts) else []),
            ]
            words = pending.rstrip("、,。\n")
            if here := [one for one, called in who.items() if self._fits(forms, words, several, called)]:
                told, pending = told | dict.fromkeys(here, words), ""
        if not pending:
            return told
        return {one: said for one, called in who.items() if self._fits([it.in_front, it.behind], said, several, called)}

    def names(self, text: str, names: Iterable[str], roles: Iterable[str] = ()) -> bool:
        """Say whether a text names somebody, by one of their names or as holder of a role, whatever it says of them."""
        return pattern_of(self._anyhow(names, roles)).search(plainly_folded(text)) is not None

    def calls(self, text: str, names: Iterable[str], roles: Iterable[str] = ()) -> bool:
        """Say whether a text calls somebody by name before it asks them, or tells them what something else does."""
        form = self._lexicon.calls.replace("@who", self._anyhow(names, roles))
        return pattern_of(form).fullmatch(plainly_folded(text).strip()) is not None

    def _anyhow(self, names: Iterable[str], roles: Iterable[str]) -> str:
        it = self._lexicon
        held = (rf"{it.no_role}(?:{it.roles[role]})(?!{it.no_person})" for role in roles if role in it.roles)
        return "|".join((*map(naming, names), *held)) or "(?!)"

    def spared(self, text: str, names: Sequence[str]) -> frozenset[str]:
        """Give whom of some names, and of the roles, a text excepts (「佐藤さん以外は」, 「佐藤さんじゃなくて」): it is no order to them."""
        return frozenset(self._excepted((*self._others, *self._instead), text, names)[0])

    def is_for_others(self, text: str, names: Sequence[str]) -> bool:
        """Say whether a text tells all but those whom it excepts to do something, or to leave it."""
        _, rest = self._excepted(self._others, text, names)
        forms = [self._lexicon.in_front]
        return bool(rest) and (
            self.is_for_everybody(rest) or self.is_for_all(rest) or self._fits(forms, rest, (), who="")
        )

    def _excepted(self, signs: Iterable[re.Pattern[str]], text: str, names: Sequence[str]) -> tuple[list[str], str]:
        """Give whom a text excepts by some signs, and what it says without them; nobody and nothing where it excepts nobody."""
        said = plainly_folded(text).strip()
        for found in filter(None, (sign.fullmatch(said) for sign in signs)):
            who = self._present(found["who"], names)
            spared = [
                one
                for one, called in who.items()
                if self._fits(["@before@who"], found["who"], list(who.values()), called)
            ]
            if spared:
                return spared, found["rest"]
        return [], ""

    def _present(self, said: str, names: Sequence[str]) -> dict[str, str]:
        """Give of some names, and of the roles, those that stand in a text, with the pattern of what they are called."""
        called = {**{name: naming(name) for name in names}, **self._lexicon.roles}
        return {one: pattern for one, pattern in called.items() if pattern_of(pattern).search(said)}

    def forbids(self, text: str) -> bool:
        """Say whether an order is not to do something (「佐藤さんは抜いちゃだめ」)."""
        return bool(self._forbids.search(plainly_folded(text).strip()))

    def is_for_everybody(self, text: str) -> bool:
        """Say whether a text tells everybody, by that word, to do something, or what was settled."""
        it, said = self._lexicon, plainly_folded(text).strip()
        _, behind, rest = said.partition("、")
        settled = bool(behind) and pattern_of(it.everybody).match(said) is not None
        return self._fits([it.in_front, it.behind], said, (), it.everybody) or (settled and self.is_for_all(rest))

    def is_for_all(self, text: str) -> bool:
        """Say whether a text is what whoever leads orders or settles, and names nobody for."""
        return self._to_all.fullmatch(plainly_folded(text).strip()) is not None

    def is_plain(self, text: str) -> bool:
        """Say whether a text has a form that orders something of whoever is there, and names nobody."""
        return self._plain.fullmatch(plainly_folded(text).strip()) is not None

    def shared_out(self, text: str, names: Sequence[str]) -> dict[str, str]:
        """Give what is given to each of some names and of the roles, where a text says no more than that; empty below two."""
        said = plainly_folded(text).strip()
        who = self._present(said, names)
        form, end = self._said_to(self._lexicon.shares, list(who.values()), "|".join(who.values())), 0
        told: dict[str, str] = {}
        while who and (found := form.match(said, end)) is not None:
            told |= {one: found[0] for one, called in who.items() if pattern_of(called).search(found[0])}
            end = found.end() + len(said[found.end() :]) - len(said[found.end() :].lstrip("、,。・/\n "))
        return told if len(told) > 1 and end == len(said) else {}

    def asked(self, text: str, names: Sequence[str]) -> tuple[str, ...]:
        """Give whom of some names a text calls and asks something."""
        said = plainly_folded(text).strip()
        here = {name: naming(name) for name in names if pattern_of(naming(name)).search(said)}
        return tuple(one for one, called in here.items() if self._fits([self._lexicon.asked], said, (), called))

    def _fits(self, forms: Iterable[str], said: str, several: Sequence[str], who: str) -> bool:
        """Say whether a text has one of some forms, said to one of several who are called by these patterns."""
        return any(self._said_to(form, several, who).fullmatch(said) for form in forms)

    def _said_to(self, form: str, several: Sequence[str], who: str) -> re.Pattern[str]:
        it, all_of_them = self._lexicon, "|".join([who, *several])
        one = f"(?:(?:{all_of_them}){it.called}{it.between})*(?:{who}){it.called}(?:{it.between}(?:{all_of_them}){it.called})*"
        parts = {
            "@before": it.before,
            "@who": one,
            "@request": it.request,
            "@plainly": it.plainly,
            "@forbids": it.forbids,
            "@about": it.about,
        }
        for sign, part in parts.items():
            form = form.replace(sign, part)
        return pattern_of(form)


@cache
def orders() -> Orders:
    """Give the reader with the lexicon that comes along."""
    return Orders(shipped(OrdersLexicon, LEXICON))
