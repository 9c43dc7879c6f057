"""A form: sections of fields, each known, under investigation or to be filled in by hand, and traced to entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from playbooks.frozen import frozen

State = Literal["known", "investigating", "by_hand"]


FEW = 3
"""So many entries are named beside a statement."""


@frozen
class Statement:
    """One thing that is said, on one line.

    ``entries`` are the journal's numbers on which it rests; ``source`` names in words what it rests on instead (the
    registry, the law). ``changed`` marks what the last filing did not say.
    """

    text: str
    entries: tuple[int, ...] = ()
    source: str = ""
    changed: bool = False

    @property
    def behind(self) -> str:
        """Say in a narrow column what it rests on: a few entries by their numbers, many by the first, the last and how many."""
        if len(self.entries) > FEW:
            return f"{self.entries[0]}–{self.entries[-1]} ({len(self.entries)})"
        return ", ".join(map(str, self.entries)) or self.source


@frozen
class Field:
    """One field: its label and what is known, nothing ever guessed.

    ``investigating`` prints 「調査中」, ``by_hand`` an empty line; ``note`` stands beside either.
    """

    label: str
    statements: tuple[Statement, ...] = ()
    state: State = "known"
    note: str = ""

    @property
    def text(self) -> str:
        """All that is said, a line a statement; empty while nobody knows."""
        return "\n".join(s.text for s in self.statements)

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries on which the whole field rests, in order."""
        return tuple(sorted({seq for s in self.statements for seq in s.entries}))

    @property
    def changed(self) -> bool:
        """Whether anything in it was not said at the last filing."""
        return any(s.changed for s in self.statements)


@frozen
class Section:
    """Fields that belong together, under a heading; ``note`` says once what concerns them all.

    ``text`` is running text instead of fields (a letter, a script), its paragraphs parted by empty lines; one that is
    ``large`` is read from afar. What stands ``apart`` begins a page of its own.
    """

    title: str
    fields: tuple[Field, ...] = ()
    note: str = ""
    text: str = ""
    large: bool = False
    apart: bool = False


@frozen
class Form:
    """A whole form: title, to whom it goes, its sections, what it rests on in law (``foot``).

    ``draft`` until the director has approved this very text; ``approved`` then says who and when. ``traced`` forms
    print the entries beside each statement; one that is not (for patients, vendors) shows nothing of the record.
    One that ``has_hole`` goes out as it is and lacks something that nobody has to find out: it can't be approved yet.
    """

    title: str
    to: str
    sections: tuple[Section, ...]
    draft: bool = True
    note: str = ""
    foot: tuple[str, ...] = ()
    traced: bool = True
    approved: str = ""
    has_hole: bool = False

    @property
    def sha256(self) -> str:
        """The digest of what the form says, by which it is approved; a change of any word, mark or entry changes it."""
        said = (self.title, self.to, self.note, self.foot, [_said(section) for section in self.sections])
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def field(self, label: str) -> Field:
        """Give the first field with a label; KeyError if there is none."""
        for section in self.sections:
            for field in section.fields:
                if field.label == label:
                    return field
        raise KeyError(label)

    def untraced(self) -> Form:
        """Give the form as others may see it: without any number of an entry, or a word of where a statement comes from."""
        return replace(
            self, sections=tuple(_each(s, lambda one: Statement(one.text)) for s in self.sections), traced=False
        )

    def since(self, before: Form) -> Form:
        """Give the same form with every statement marked that ``before`` did not make in the same field."""
        said = {(s.title, f.label, t.text) for s in before.sections for f in s.fields for t in f.statements}
        sections = (replace(s, fields=tuple(_marked(f, said, s.title) for f in s.fields)) for s in self.sections)
        return replace(self, sections=tuple(sections))


def _each(section: Section, change: Callable[[Statement], Statement]) -> Section:
    fields = (replace(f, statements=tuple(map(change, f.statements))) for f in section.fields)
    return replace(section, fields=tuple(fields))


def _marked(field: Field, said: set[tuple[str, str, str]], title: str) -> Field:
    statements = (replace(one, changed=(title, field.label, one.text) not in said) for one in field.statements)
    return replace(field, statements=tuple(statements))


def _said(section: Section) -> list[object]:
    fields = [
        (f.label, f.state, f.note, [(s.text, s.entries, s.source, s.changed) for s in f.statements])
        for f in section.fields
    ]
    return [section.title, section.note, section.text, fields]
