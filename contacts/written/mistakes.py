"""A mistake in a workbook that a person filled: which sheet, row and column, and the cure, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from playbooks.texts import Language, Text


@dataclass(frozen=True)
class Mistake:
    """One mistake; ``row`` counts from 1 as Excel shows it, ``column`` is the header. None: the whole sheet (or file)."""

    what: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def in_language(self, language: Language) -> str:
        """Say where and what, as one line."""
        where = [f"「{self.sheet}」シート" if language == "ja" else f"sheet {self.sheet!r}"] if self.sheet else []
        if self.row is not None:
            where.append(f"{self.row}行目" if language == "ja" else f"row {self.row}")
        if self.column is not None:
            where.append(f"「{self.column}」" if language == "ja" else f"column {self.column!r}")
        place = " ".join(where)
        return f"{place}: {self.what.in_language(language)}" if place else self.what.in_language(language)

    def as_json(self) -> dict[str, str | int | None]:
        """Give it as JSON holds it, with both languages."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, **self.what.model_dump()}


class Unreadable(Exception):
    """A cell's content (or a whole file) can't be understood; ``reason`` says why, and the cure."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(ja=ja, en=en)
