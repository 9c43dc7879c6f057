"""Every text that a person can see, gathered for the tests that look at wording.

Phrases of all packages, and whatever the handbook says: playbooks, drills, law, texts for patients, first words, answers, pictures. What is
only *heard* (signs of playbooks, patterns of triage, danger and wants) is left out: people write as they speak.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.handbook import read_handbook
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.phrasing import ROOT, read
from playbooks.pictures import pictures
from playbooks.texts import WRITTEN
from playbooks.wants.answers import answers

PRINTED = {
    "papers",
    "drill_papers",
    "forms",
    "form_statements",
    "sheets",
    "labels",
    "chart",
    "workbook",
    "ministry_checklist",
    "house_papers",
}
"""Files of phrases that are read on paper or in a workbook, where words are official."""


@dataclass(frozen=True)
class Said:
    """One text: where it stands, in which language, how it reads, and which kinds of facility read it."""

    where: str
    language: str
    text: str
    kinds: tuple[FacilityKind, ...] = FACILITY_KINDS

    @property
    def on_paper(self) -> bool:
        """Whether it is read on paper, in a workbook or in the law, where words are official."""
        return self.where.startswith(("law.", "patients.")) or Path(self.where.partition(":")[0]).stem in PRINTED

    @property
    def to_patients(self) -> bool:
        """Whether patients read it."""
        return self.where.startswith(("patients.kinds.", "patients.phrases.")) or ":first_poster." in self.where


@cache
def texts() -> tuple[Said, ...]:
    """Give all of them, each wording once."""
    found: dict[tuple[str, str, tuple[FacilityKind, ...]], Said] = {}
    for said in (*_phrases(), *_handbook()):
        found.setdefault((said.language, said.text, said.kinds), said)
    return tuple(found.values())


def _phrases() -> Iterator[Said]:
    for folder in ("bot/phrases", "bot/words/phrases", "contacts/phrases", "playbooks/phrases"):
        for file in sorted((ROOT / folder).glob("*/*.yaml")):
            for key, text in read(file).items():
                yield Said(f"{file.relative_to(ROOT)}:{key}", file.parent.name, text)


def _handbook() -> Iterator[Said]:
    book, problems = read_handbook()
    assert problems == []
    parts = {
        "drills": book.drills,
        "law": book.duties,
        "patients": book.explanations,
        "first_words": book.first_words,
        "answers": answers().answers,
    }
    for name, part in (parts | {"pictures": pictures()} | dict(book.playbooks)).items():
        yield from _within(part, name, FACILITY_KINDS)


def _within(value: Any, where: str, kinds: tuple[FacilityKind, ...]) -> Iterator[Said]:
    """Give each text inside, with the kinds of facility to which the things around it belong."""
    if isinstance(value, BaseModel):
        here = getattr(value, "facilities", kinds) or kinds
        for language in WRITTEN:
            said = getattr(value, language, ())
            yield from (
                Said(where, language, text, tuple(k for k in kinds if k in here))
                for text in ((said,) if isinstance(said, str) else said)
            )
        for name in type(value).model_fields:
            if name not in ("signs", *WRITTEN):
                yield from _within(getattr(value, name), f"{where}.{name}", tuple(k for k in kinds if k in here))
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield from _within(below, f"{where}.{name}", kinds)
    elif isinstance(value, tuple | list):
        for below in value:
            yield from _within(below, where, kinds)
