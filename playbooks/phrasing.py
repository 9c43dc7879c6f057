"""What the program itself says: phrases by key, one folder a language, one file a topic; a third language is a folder.

``Phrase("contacts", "phone.letters", …)`` stands under ``letters`` in ``contacts/phrases/<language>/phone.yaml``. A phrase
is chosen where something is found out and read only where a person reads it, in that person's language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from playbooks.composing import composed
from playbooks.frozen import frozen
from playbooks.remembering import remembered

ROOT = Path(__file__).resolve().parent.parent

Language = str
"""A language by its code of ISO 639. One that has no folder (any more) is read as Japanese."""

LANGUAGES: tuple[Language, ...] = tuple(
    sorted(
        (folder.name for folder in (ROOT / "playbooks" / "phrases").iterdir()), key=lambda name: (name != "ja", name)
    )
)
"""The languages that somebody may choose: the folders there are, Japanese first."""


class Wording(Protocol):
    """Whatever can be read by people of any language: a text that was written, or a phrase of the program's own."""

    @property
    def ja(self) -> str:
        """The Japanese wording."""
        ...

    @property
    def en(self) -> str:
        """The English wording."""
        ...

    def in_language(self, language: Language) -> str:
        """Give the wording for a reader of ``language``."""
        ...


def everywhere(text: Wording) -> dict[Language, str]:
    """Give a wording in every language, for those who read it elsewhere."""
    return {language: text.in_language(language) for language in LANGUAGES}


@frozen
class Phrase:
    """Something to say that is in no language yet: the package whose phrase it is, its key, and the facts to put in.

    A fact that is a phrase itself is said in the same language; a tuple is read as a list.
    """

    package: str
    key: str
    facts: tuple[tuple[str, Any], ...] = ()

    def in_language(self, language: Language) -> str:
        """Give the wording for a reader of ``language``."""
        said = {name: _said(fact, language) for name, fact in self.facts}
        return _template(self.package, self.key, language).format_map(said)

    @property
    def ja(self) -> str:
        """The Japanese wording."""
        return self.in_language("ja")

    @property
    def en(self) -> str:
        """The English wording."""
        return self.in_language("en")

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON holds it: key and facts, no words; :func:`playbooks.texts.wording` reads it back."""
        return {"phrase": f"{self.package}:{self.key}", "facts": {name: _kept(fact) for name, fact in self.facts}}


LIST = Phrase("playbooks", "lists.join")
"""What stands between things in a row."""

CLAUSES = Phrase("playbooks", "lists.clauses")
"""What stands between the parts of a sentence that hold commas of their own."""


@frozen
class _Phrases:
    """Phrases by key, as they are remembered between starts; ``--help`` would wait longer for Pydantic than for all else."""

    root: Mapping[str, str]

    @classmethod
    def model_validate_json(cls, json_data: bytes) -> _Phrases:
        """Read them back; ValueError for anything else."""
        read = json.loads(json_data)
        if not (isinstance(read, dict) and all(isinstance(said, str) for said in read.values())):
            raise ValueError("these are no phrases")
        return cls(read)

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """Write them down."""
        return json.dumps(self.root, ensure_ascii=False)


def read(*files: Path) -> dict[str, str]:
    """Read files of phrases; keys below keys are joined by dots. ValueError if two files have the same key."""

    def joined() -> _Phrases:
        found: dict[str, str] = {}
        for file, text in zip(files, texts, strict=True):
            here = dict(_leaves(composed(text.decode(), ours=True), ""))
            if doubled := sorted(found.keys() & here.keys()):
                raise ValueError(f"{file.name}: {', '.join(doubled)} stand in another file, too")
            found |= here
        return _Phrases(found)

    texts = [file.read_bytes() for file in files]
    known = remembered(_Phrases, texts, joined)
    return dict(known.root) if known is not None else {}


def _leaves(node: Any, key: str) -> Iterator[tuple[str, str]]:
    if node is not None and node.id == "mapping":
        for name, below in node.value:
            yield from _leaves(below, f"{key}.{name.value}" if key else str(name.value))
    elif node is not None:
        yield key, str(node.value)


@cache
def _topic(package: str, topic: str, language: Language) -> dict[str, str]:
    file = ROOT / package / "phrases" / language / f"{topic}.yaml"
    return read(file) if file.exists() else {}


@cache
def _template(package: str, key: str, language: Language) -> str:
    """Give the phrase of a language; what it lacks is said in Japanese, and what that lacks by whoever has it."""
    topic, _, rest = key.partition(".")
    for tongue in dict.fromkeys((language, *LANGUAGES)):
        if rest in (known := _topic(package, topic, tongue)):
            return known[rest]
    raise KeyError(f"{package}: {key}")


def has_words(said: Phrase) -> bool:
    """Say whether any language has a phrase."""
    topic, _, rest = said.key.partition(".")
    return any(rest in _topic(said.package, topic, language) for language in LANGUAGES)


def _said(fact: Any, language: Language) -> Any:
    if isinstance(fact, tuple):
        return LIST.in_language(language).join(str(_said(one, language)) for one in fact)
    return fact.in_language(language) if hasattr(fact, "in_language") else fact


def _kept(fact: Any) -> Any:
    if isinstance(fact, tuple):
        return [_kept(one) for one in fact]
    if isinstance(fact, Phrase):
        return fact.as_json()
    return fact if isinstance(fact, int | str) else str(fact)
