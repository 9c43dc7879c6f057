"""The grammar by which wants are heard: a text falls into clauses, a clause touches groups of words, rules name the want.

So a question, a denial, a condition, hearsay and what lies ahead are groups like any other, and a rule says which of
them it can't stand. The words and the rules are data (``library/wants.yaml``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import model_validator

from playbooks.texts import Data, Texts

_SENTENCES = re.compile(r"[。!;…\n\r]+|(?<!\bno)\.+(?=\s|$)|(?<=\?)(?!\?)")
_PAUSES = re.compile(r"(?<=[、,:])|(?<![a-z0-9])\s+|\s+(?![a-z0-9])")
_LATIN = re.compile(r"[a-z]")
_PICTURES = re.compile(r"[^\w\s。.!?、,;:…「」『』()\[\]'〜~ー-]+")
_TICKS = re.compile("[✅✔☑]\ufe0f?")
_DRAWN_OUT = re.compile(r"([ーっ~〜])\1+")


class Rule(Data):
    """A want, the groups of words that give it away (``a+b``: both in one clause), and those that speak against it.

    ``unless`` looks at the clause, ``nowhere`` at the whole text; ``across`` lets the groups meet anywhere in the text.
    ``of`` tells rules of one want apart (which harm somebody is about to do).
    """

    want: str
    of: str = ""
    any: tuple[str, ...]
    unless: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    across: bool = False


class Grammar(Data):
    """Words in groups, and rules over them; the first rule that holds names what is answered first."""

    tails: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    groups: dict[str, Texts]
    numbers: dict[str, Texts] = {}
    deeds: dict[str, Texts] = {}
    things: dict[str, Texts] = {}
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _groups_are_named(self) -> Grammar:
        named = {
            group for rule in self.rules for one in (*rule.any, *rule.unless, *rule.nowhere) for group in one.split("+")
        }
        if named != self.groups.keys():
            raise ValueError(
                f"groups that no rule names, or rules that name no group: {sorted(named ^ self.groups.keys())}"
            )
        return self

    def clauses(self, text: str) -> list[str]:
        """Split a text where one thing ends and the next begins; width, capitals and pictures don't count."""
        found: list[str] = []
        for sentence in _SENTENCES.split(_DRAWN_OUT.sub(r"\1", _PICTURES.sub("。", _plain(text)))):
            begun = ""
            for pause in _PAUSES.split(sentence):
                *whole, begun = self._breaking.split(f"{begun} {pause.strip(' 、,:')}".strip())
                found += whole
                if self._told.search(begun):
                    found.append(begun)
                    begun = ""
            found.append(begun)
        return [clause for clause in found if clause]

    def touches(self, clause: str) -> frozenset[str]:
        """Name the groups that have a word in a clause."""
        bare = self._tail.sub("", clause)
        return frozenset(name for name, words in self._words.items() if words.touch(clause, bare))

    def named(self, text: str, groups: dict[str, Texts]) -> tuple[str, ...]:
        """Name those of other groups (``numbers``, ``deeds``, ``things``) that have a word in a text, in their order."""
        plain = _plain(text)
        return tuple(name for name, texts in groups.items() if _Words.of((*texts.ja, *texts.en)).touch(plain, plain))

    @cached_property
    def _breaking(self) -> re.Pattern[str]:
        after = "|".join(f"(?<={re.escape(word)})" for word in self.breaks) or r"(?!)"
        return re.compile(rf"(?:{after})(?!{'|'.join(map(re.escape, self.holds)) or '(?!)'})")

    @cached_property
    def _told(self) -> re.Pattern[str]:
        return _pattern(f"{_written(word)}$" for word in self.told)

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{'|'.join(re.escape(t) for t in sorted(self.tails, key=len, reverse=True)) or '(?!)'})+$"
        )

    @cached_property
    def _words(self) -> dict[str, _Words]:
        return {name: _Words.of((*texts.ja, *texts.en)) for name, texts in self.groups.items()}


@dataclass(frozen=True)
class _Words:
    """The words of a group, as one pattern for those that stand anywhere and one for those that end a clause."""

    anywhere: re.Pattern[str]
    ends: re.Pattern[str]

    @classmethod
    def of(cls, words: tuple[str, ...]) -> _Words:
        return cls(
            _pattern(_written(word) for word in words if not word.endswith("$")),
            _pattern(f"{_written(word[:-1])}$" for word in words if word.endswith("$")),
        )

    def touch(self, clause: str, bare: str) -> bool:
        return bool(self.anywhere.search(clause) or self.ends.search(clause) or self.ends.search(bare))


def _plain(text: str) -> str:
    return _TICKS.sub("できました", unicodedata.normalize("NFKC", text).lower().replace("’", "'"))


def _pattern(parts: Iterator[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)")


def _written(word: str) -> str:
    start, word = ("^", word[1:]) if word.startswith("^") else ("", word)
    body = re.escape(word.lower())
    return start + (rf"(?<![a-z]){body}(?![a-z])" if _LATIN.search(word) else body)
