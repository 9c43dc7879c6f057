"""Looking through what people wrote before it is handed on: in a file, or entry by entry where a person sits there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import click

from bot.bundle.contents import as_the_run_says
from bot.bundle.redaction import View
from bot.bundle.review import Review, ReviewFault
from bot.bundle.snapshot import Snapshot
from bot.command_line.ending import PROBLEMS, give_up, harmless, say
from bot.phrasing import in_all, phrase
from flows.state.run import Looked

KEEP, WITHHOLD, ENOUGH = ("", "1"), ("2",), ("q", "ｑ")
"""What is typed: as it is, withheld, and that it is enough for now."""


@dataclass
class Looking:
    """Gives what was decided: in the chat, in ``file`` if there is one, and by ``asks``, which shows a text and reads a line.

    The file is written if it isn't there yet, lacks an entry, or more was decided; what stood in it is kept.
    """

    file: Path | None = None
    asks: Callable[[str], str] | None = None
    written: bool = field(default=False, init=False)

    def __call__(self, snapshot: Snapshot, view: View) -> Mapping[int, Looked]:
        """Give the decisions on a snapshot; ReviewFault if the file can't be taken as it is, which stays as it is."""
        if view.recipient.inside:
            return {}
        review, in_chat = Review.of(snapshot, view), as_the_run_says(snapshot, view)
        lines = review.read(self.file.read_bytes()) if self.file and self.file.exists() else {}
        decided = {
            text.turn: looked
            for text in review.texts
            if (looked := lines[text.turn] if text.turn in lines else in_chat.get(text.turn))
        }
        before = dict(decided)
        try:
            if self.asks is not None:
                self._ask(review, decided, self.asks)
        finally:
            if self.file and (decided != before or not lines.keys() >= {text.turn for text in review.texts}):
                write_whole(self.file, review.write(decided))
                self.written = True
        return decided

    def _ask(self, review: Review, decided: dict[int, Looked], asks: Callable[[str], str]) -> None:
        language = review.view.language
        left = [text for text in review.texts if text.turn not in decided]
        for place, text in enumerate(left, start=1):
            number, when, who, kind, words, marks = review.row(text)
            shown = phrase(
                "review.entry",
                place=place,
                of=len(left),
                number=number,
                when=when,
                who=who,
                kind=kind,
                words=words,
                marks=phrase("review.marked", marks=marks) if marks else "",
            )
            typed = asks(shown.in_language(language)).strip().lower()
            while typed not in (*KEEP, *WITHHOLD, *ENOUGH):
                typed = asks(phrase("review.ask_again").in_language(language)).strip().lower()
            if typed in ENOUGH:
                return
            keep = typed in KEEP
            reason = "" if keep else asks(phrase("review.why").in_language(language))
            decided[text.turn] = Looked(keep, " ".join(reason.split()))


def ask_here(shown: str) -> str:
    """Show a text and read a line; the end of the input is enough for now."""
    say(shown)
    try:
        return input("> ")
    except EOFError:
        return ENOUGH[0]


def not_taken(fault: ReviewFault, file: Path | None) -> NoReturn:
    """Say all that is wrong with a file of decisions, and end."""
    for problem in fault.problems:
        click.echo(harmless(in_all(problem)), err=True)
    give_up(phrase("review.not_taken", file=file), PROBLEMS)


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in its place only when all of it is on disk, readable by its owner alone; OSError leaves no half file."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
