"""A mistake in a workbook that a person filled: which sheet, row and column, and the cure."""

from __future__ import annotations

from contacts.phrasing import say
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase
from playbooks.texts import Language, Wording, everywhere


@frozen
class Mistake:
    """One mistake; ``row`` counts from 1 as Excel shows it, ``column`` is the header. None: the whole sheet (or file)."""

    what: Wording
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def in_language(self, language: Language) -> str:
        """Say where and what, as one line."""
        named = {"sheet": self.sheet, "row": self.row, "column": self.column}
        where = [say(f"mistakes.{what}", named=name) for what, name in named.items() if name]
        place = " ".join(part.in_language(language) for part in where)
        return f"{place}: {self.what.in_language(language)}" if place else self.what.in_language(language)

    def as_json(self) -> dict[str, str | int | None]:
        """Give it as JSON holds it, in every language."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, **everywhere(self.what)}


class Unreadable(Exception):
    """A cell's content (or a whole file) can't be understood; ``reason`` says why, and the cure."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.key)
        self.reason = reason
