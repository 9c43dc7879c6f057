"""Texts in the two languages every person may choose from."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Data(BaseModel):
    """A frozen piece of data that refuses keys nobody defined."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Data):
    """One sentence in Japanese and in English; neither may be empty."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """Give the wording for a reader of ``language``."""
        return self.ja if language == "ja" else self.en


class Texts(Data):
    """A list of short sentences (or signs) in Japanese and in English; the lists need not have the same length."""

    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def in_language(self, language: Language) -> tuple[str, ...]:
        """Give the list for a reader of ``language``."""
        return self.ja if language == "ja" else self.en
