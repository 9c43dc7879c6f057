"""The review file: what people wrote that a recipient may have, a line an entry, to be decided on in any spreadsheet.

A decision is bound to the very entry that was seen, by its digest, and to the recipient; nothing else in a line is read
back. Whatever isn't decided stays withheld.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from bot.bundle.redaction import View
from bot.bundle.sheet import defused
from bot.bundle.snapshot import Snapshot
from bot.documents.paper.markdown import visible
from bot.phrasing import phrase
from bot.words.free_texts import FreeText
from bot.words.words import Words
from flows.state.run import Looked
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase
from playbooks.texts import everywhere

FORMAT: Final = "tomoshibi review 1"

_COLUMNS: Final = ("number", "when", "who", "kind", "text", "marks", "decision", "reason", "check")
_KEEP: Final = ("keep", "as_is")
_WITHHOLD: Final = ("withhold", "hide")
_ENCODINGS: Final = ("utf-8-sig", "cp932")
_REASON_BEHIND: Final = re.compile(r"(.+?)\s*\((.*)\)")


class ReviewFault(Exception):
    """A review file can't be taken as it is; ``problems`` say what is wrong, the line first where it is in one."""

    def __init__(self, *problems: Phrase) -> None:
        super().__init__(*problems)
        self.problems = problems


@frozen
class Review:
    """What there is to look at for one recipient in one snapshot, in order."""

    snapshot: Snapshot
    view: View
    texts: tuple[FreeText, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, view: View) -> Review:
        """Gather what people wrote that the recipient may have."""
        return cls(snapshot, view, tuple(view.free_texts(snapshot.entries)))

    def code(self, text: FreeText) -> str:
        """Give what a line is known by: no other entry, home or recipient has it. A spreadsheet takes it for no number."""
        return f"t-{sha256(text.digest + self.view.name.encode()).hexdigest()[:12]}"

    def marks(self, text: FreeText) -> tuple[str, ...]:
        """Name what in a text seems to name somebody or to be a number of theirs; and that it was corrected later."""
        found = dict.fromkeys(text.text[m.start : m.end] for m in text.stands_out(self.snapshot.roster))
        corrected = (phrase("review.corrected").in_language(self.view.language),) if text.corrected else ()
        return (*found, *corrected)

    def row(self, text: FreeText) -> tuple[str, ...]:
        """Say an entry as whoever looks at it reads it: number, when, who, what kind of entry, the words, what stands out."""
        words = Words(self.view.language, self.snapshot.roster)
        kind = f"text_of.{text.kind}"
        return (
            str(text.seq),
            f"{self.snapshot.roster.facility.local(text.at):%Y-%m-%d %H:%M}",
            words.who(text.by).unescape(),
            words.say(kind).unescape() if words.has(kind) else text.kind,
            visible(text.text).replace("\n", "／"),
            "、".join(map(visible, self.marks(text))),
        )

    def write(self, decided: Mapping[int, Looked]) -> bytes:
        """Write the file with what is decided already: CSV in UTF-8 with a mark, as spreadsheets open it."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        language = self.view.language
        writer.writerow((FORMAT, self.view.run, self.view.name, self.snapshot.roster.facility.name))
        writer.writerow((phrase("review.how").in_language(language),))
        writer.writerow(phrase(f"review.column.{column}").in_language(language) for column in _COLUMNS)
        for text in self.texts:
            cells = (*self.row(text), *self._decision(decided.get(text.turn)))
            writer.writerow((*map(defused, cells), self.code(text)))
        return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")

    def _decision(self, looked: Looked | None) -> tuple[str, str]:
        if looked is None:
            return "", ""
        word = _KEEP[0] if looked.keep else _WITHHOLD[0]
        reason = Words(self.view.language, self.snapshot.roster).withheld_for(looked.reason)
        return phrase(f"review.word.{word}").in_language(self.view.language), reason

    def read(self, content: bytes) -> dict[int, Looked | None]:
        """Read a file: of each entry that has its line, by turns, what was decided, None where nothing was.

        Raises ReviewFault with all that is wrong, and then nothing is taken.
        """
        rows = list(_rows(content))
        self._look_at_head(rows)
        place, columns = _columns(rows)
        ours = {self.code(text): text for text in self.texts}
        taken: dict[int, tuple[int, Looked | None]] = {}
        problems: list[Phrase] = []
        for line, row in rows[place + 1 :]:
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            if not any(cells.values()):
                continue
            text = ours.get(cells["check"])
            if text is None:
                if not self._is_later(cells["number"]):
                    problems.append(phrase("review.unknown_line", line=line, number=visible(cells["number"]) or "—"))
                continue
            try:
                looked = _decided(cells["decision"], cells["reason"])
            except ValueError:
                problems.append(phrase("review.unknown_word", line=line, word=visible(cells["decision"])[:40]))
                continue
            if looked and looked.keep and "text" in columns and not self._is_as_written(cells["text"], text):
                sign = _difference(cells["text"], self.row(text)[_COLUMNS.index("text")])
                problems.append(phrase("review.other_words", line=line, number=text.seq, sign=sign))
                continue
            before = taken.get(text.turn)
            if before and before[1] and looked and before[1] != looked:
                problems.append(phrase("review.twice", line=line, before=before[0], number=text.seq))
            taken[text.turn] = (line, looked) if looked or not before else before
        if problems:
            raise ReviewFault(*problems)
        return {turn: looked for turn, (_, looked) in taken.items()}

    def _is_as_written(self, cell: str, text: FreeText) -> bool:
        """Say whether a line still holds the words that are kept, whatever a spreadsheet did to signs that it lacks."""
        written = self.row(text)[_COLUMNS.index("text")]
        for_windows = written.encode("cp932", "replace").decode("cp932")
        return _words(cell) in {_words(each) for each in (written, defused(written), for_windows, defused(for_windows))}

    def _look_at_head(self, rows: list[tuple[int, list[str]]]) -> None:
        head = [cell.strip() for cell in rows[0][1]] if rows else []
        if not head or head[0] != FORMAT:
            raise ReviewFault(phrase("review.no_review"))
        run, recipient = (*head[1:3], "", "")[:2]
        if run != self.view.run:
            raise ReviewFault(phrase("review.other_run", there=visible(run) or "—", wanted=self.view.run))
        if recipient != self.view.name:
            raise ReviewFault(phrase("review.other_recipient", there=visible(recipient) or "—", wanted=self.view.name))

    def _is_later(self, number: str) -> bool:
        """Say whether a line is of an entry after the one up to which is exported."""
        return number.isascii() and number.isdecimal() and int(number) > self.snapshot.head.seq


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Read the lines of a table as any spreadsheet saves it, each with its number."""
    if content.startswith(b"PK"):
        raise ReviewFault(phrase("review.workbook"))
    text = _text(content)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ReviewFault(phrase("review.torn", line=reader.line_num, why=error)) from None


def _text(content: bytes) -> str:
    """Read text in what Windows, Excel and editors write it in; every kind of line end is one."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _ENCODINGS
    for encoding in encodings:
        try:
            return re.sub(r"\r\n?", "\n", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ReviewFault(phrase("review.no_text"))


def _columns(rows: Iterable[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    """Find the line of headings, and where each column stands; in whatever language and order."""
    wanted = {name: {_plain(word) for word in _all(f"review.column.{name}")} for name in _COLUMNS}
    needed = ("number", "decision", "reason", "check")
    for place, (_, row) in enumerate(rows):
        cells = [_plain(cell) for cell in row]
        there = {name: at for name in wanted for at, cell in enumerate(cells) if cell in wanted[name]}
        if "check" in there or "decision" in there:
            if missing := [name for name in needed if name not in there]:
                raise ReviewFault(phrase("review.no_column", column=phrase(f"review.column.{missing[0]}")))
            return place, there
    raise ReviewFault(phrase("review.no_headings"))


def _decided(word: str, reason: str) -> Looked | None:
    """Read a decision; None where there is none yet. ValueError for a word that says neither."""
    plain = unicodedata.normalize("NFKC", word).strip().strip("[]「」")
    behind = _REASON_BEHIND.fullmatch(plain)
    if behind:
        plain, reason = behind[1], reason or behind[2]
    said = _plain(plain)
    if not said:
        return None
    if said in {_plain(w) for key in _KEEP for w in _all(f"review.word.{key}")}:
        return Looked(keep=True)
    if said in {_plain(w) for key in _WITHHOLD for w in _all(f"review.word.{key}")}:
        return Looked(keep=False, reason=" ".join(reason.split()))
    raise ValueError(word)


def _difference(cell: str, written: str) -> str:
    """Name where words differ from what is kept: the signs that are there now, or those that are gone."""
    there, kept = _words(cell), _words(written)
    same = next((at for at, (a, b) in enumerate(zip(there, kept, strict=False)) if a != b), min(len(there), len(kept)))
    return visible(there[same : same + 12] or kept[same : same + 12])


def _words(cell: str) -> str:
    return " ".join(cell.split())


def _plain(word: str) -> str:
    return re.sub(r"[\s.。]", "", unicodedata.normalize("NFKC", word)).casefold()


def _all(key: str) -> Iterable[str]:
    return everywhere(phrase(key)).values()
