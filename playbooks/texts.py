"""Texts in the languages every person may choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from playbooks.phrasing import LANGUAGES, Phrase, Wording, everywhere
from playbooks.phrasing import Language as CodeOfLanguage

__all__ = ["LANGUAGES", "WRITTEN", "Data", "Language", "Text", "Texts", "Wording", "everywhere", "wording"]


Language = Annotated[CodeOfLanguage, Field(pattern=r"^[a-z]{2,3}$")]
"""A language by its code of ISO 639, held to its form where a model takes one."""


class Data(BaseModel):
    """A frozen piece of data that refuses keys nobody defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Data):
    """One sentence in Japanese and in English; neither may be empty."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """Give the wording for a reader of ``language``: the Japanese one where there is none."""
        return self.en if language == "en" else self.ja


class Texts(Data):
    """A list of short sentences (or signs) in Japanese and in English; the lists need not have the same length."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_language(self, language: Language) -> tuple[str, ...]:
        """Give the list for a reader of ``language``: the Japanese one where there is none."""
        return self.en if language == "en" else self.ja


WRITTEN: tuple[Language, ...] = tuple(Text.model_fields)
"""The languages in which the texts of playbooks and their like are written; readers of others get the Japanese one."""


def wording(kept: Mapping[str, Any]) -> Wording:
    """Read back what was kept as JSON: a phrase by its key, or words in both languages as older entries have them."""
    if "phrase" not in kept:
        return Text.model_validate(kept)
    package, _, key = str(kept["phrase"]).partition(":")
    return Phrase(package, key, tuple((name, _fact(fact)) for name, fact in kept["facts"].items()))


def _fact(kept: Any) -> Any:
    if isinstance(kept, list):
        return tuple(_fact(one) for one in kept)
    return wording(kept) if isinstance(kept, Mapping) else kept
