"""The kinds of documents: what each is made of, which forms it takes, and what may stand around its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from importlib import import_module
from typing import Literal, get_args

from bot.documents.facts.discretion import discreet
from bot.documents.source import Source
from flows.record.lines import line_of
from flows.state.run import Run
from playbooks.frozen import frozen

Of = Literal["run", "drill", "facility", "year"]
"""What a document is about; a drill is a run as well."""

Format = Literal["md", "html", "docx", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
PAPER: tuple[Format, ...] = ("md", "html", "docx", "pdf")
"""The forms that every document takes unless it says otherwise."""

MODULES = (
    "records.timeline_record",
    "records.after_action",
    "forms.form_paper",
    "records.drill_record",
    "records.print_pack",
    "records.cable_labels",
    "records.door_poster",
    "records.inspection_sheet",
    "house.bcp",
    "house.conditions",
    "house.vendor_sheets",
    "house.vendor_invitation",
)
"""The modules beside this one that register kinds; loaded when a kind is asked for, so that nothing else waits for them."""


@frozen
class Written:
    """A document before it takes a form: Pandoc Markdown, and its pictures (PNG) by the names the Markdown uses.

    ``workbook`` gives it as an Excel table where it has one.
    """

    title: str
    markdown: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    draft: bool = False
    workbook: Callable[[], bytes] | None = None


@frozen
class Kind:
    """A kind of document. Only one that ``carries_log`` shows run and seal on its pages and has the log attached."""

    name: str
    of: Of
    write: Callable[[Source], Written]
    formats: tuple[Format, ...] = PAPER
    carries_log: bool = False


class UnknownKind(Exception):
    """There is no such document of this; ``known`` are those there are."""

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        super().__init__(kind)
        self.known = known


_KINDS: dict[str, Kind] = {}


def document(
    name: str, *, of: Of, formats: tuple[Format, ...] = PAPER, carries_log: bool = False
) -> Callable[[Callable[[Source], Written]], Callable[[Source], Written]]:
    """Register what writes a kind of document."""

    def register(function: Callable[[Source], Written]) -> Callable[[Source], Written]:
        _KINDS[name] = Kind(name, of, function, formats, carries_log)
        return function

    return register


def kinds(of: Of | None = None) -> dict[str, Kind]:
    """Give the kinds by name, all or those of one subject, in the order of ``MODULES``."""
    for module in MODULES:
        import_module(f"bot.documents.{module}")
    wanted = {"drill", "run"} if of == "drill" else {of}
    return {name: kind for name, kind in _KINDS.items() if of is None or kind.of in wanted}


def about(run: Run | None) -> Of:
    """Say what the documents of a run are about; those of no run are the facility's."""
    return "facility" if run is None else "run" if run.exercise is None else "drill"


def subject(source: Source) -> Of:
    """Say what a source is about."""
    return "year" if source.year is not None else about(None if source.is_facility else source.run)


def kind_of(source: Source, name: str) -> Kind:
    """Give a kind that can be made of this source; UnknownKind with those that can."""
    there = kinds(subject(source))
    if name not in there:
        raise UnknownKind(name, tuple(there))
    return there[name]


def make(source: Source, name: str, form: Format = "md") -> bytes:
    """Make a document, the same bytes for the same source; UnknownKind, or ValueError for a form that it doesn't take."""
    kind = kind_of(source, name)
    if form not in kind.formats:
        raise ValueError(f"{name} can't be made as {form}")
    written = kind.write(source)
    if form == "md":
        return _markdown(source, kind, written)
    if form == "xlsx":
        return written.workbook() if written.workbook else b""
    from bot.documents.paper import press as paper  # noqa: PLC0415  (Typst and Pandoc are not asked for until something is printed)
    from bot.documents.paper.markdown import visible  # noqa: PLC0415  (the same)

    words = source.words
    sheet = paper.PaperSheet(
        title=written.title,
        facility=visible(source.roster.facility.name),
        language=words.language,
        date=source.date,
        banner=_banner(source),
        draft=str(words.say("paper.draft")) if written.draft else "",
        foot=foot(source) if kind.carries_log else "",
        log=log(source) if kind.carries_log else "",
        pictures=written.pictures,
    )
    take_form = {"html": paper.to_html, "docx": paper.to_docx, "pdf": paper.to_pdf}[form]
    return take_form(written.markdown, sheet)


def _banner(source: Source) -> str:
    drill = subject(source) in ("run", "drill") and source.run.drill
    return source.words.say("banner.drill").strip() if drill else ""


def _markdown(source: Source, kind: Kind, written: Written) -> bytes:
    from bot.documents.paper.markdown import as_read, escape  # noqa: PLC0415  (the same)

    draft = source.words.say("paper.draft") if written.draft else ""
    marks = [strong for mark in (_banner(source), draft) if (strong := f"**{escape(mark)}**") != "****"]
    foot_line = ["---", escape(foot(source))] if kind.carries_log else []
    return as_read("\n\n".join([*marks, written.markdown.rstrip(), *foot_line]) + "\n").encode()


def foot(source: Source) -> str:
    """Say which run a page belongs to, and with which seal it can be compared."""
    seal, words = source.seal, source.words
    if seal is None:
        return words.say("paper.foot.unsealed", run=source.run_id, seq=source.seq).unescape()
    return words.say(
        "paper.foot",
        run=source.run_id,
        seq=seal.seq,
        digest=seal.digest.hex()[:16],
        fingerprint=seal.key_fingerprint[:16],
        later=seal.seq < source.entries[-1].seq,
    ).unescape()


def log(source: Source) -> str:
    """Give the run's entries, one a line, in the bytes in which they were hashed, as far as no voice is betrayed by them."""
    return "".join(f"{line_of(part)}\n" for part in discreet(source.entries))
