"""From Markdown to paper: Pandoc for HTML and Word, Typst for PDF/A-3b. Nothing else in the project calls them."""

from __future__ import annotations

import tempfile
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from html import escape as in_html
from pathlib import Path
from typing import Literal

import pypandoc
import typst

from bot.documents.paper.fonts import drawable, paper_fonts
from bot.documents.paper.markdown import READER, TEMPLATES
from bot.documents.paper.word_file import finished
from playbooks.frozen import frozen
from playbooks.texts import Language

PDF_STANDARD: Literal["a-3b"] = "a-3b"
LOG_NAME = "journal.jsonl"


@frozen
class PaperSheet:
    """What stands around a document on each page, and what is attached to it.

    ``foot`` is empty on what goes to patients, vendors or the wall; ``banner`` is the drill's, ``draft`` the draft's mark.
    ``date`` (aware) is the only time in the file. ``log`` is attached to the PDF.
    """

    title: str
    facility: str
    language: Language
    date: datetime
    banner: str = ""
    draft: str = ""
    foot: str = ""
    log: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def to_html(markdown: str, sheet: PaperSheet) -> bytes:
    """Give one HTML file that needs no other."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    told = {
        "pagetitle": sheet.title,
        "facility": sheet.facility,
        "banner": sheet.banner,
        "draft": sheet.draft,
        "foot": sheet.foot,
    }
    variables = [f"--variable={name}={in_html(value)}" for name, value in told.items() if value]
    variables += [f"--variable=style={style}", f"--variable=lang={sheet.language}"]
    for name, picture in sheet.pictures.items():  # nobody else can write this: typed brackets are escaped
        markdown = markdown.replace(f"]({name})", f"](data:image/png;base64,{b64encode(picture).decode()})")
    made = _pandoc(
        markdown,
        "html5",
        "--standalone",
        f"--template={TEMPLATES / 'page.html'}",
        "--email-obfuscation=none",
        *variables,
    )
    return made.encode()


def to_docx(markdown: str, sheet: PaperSheet) -> bytes:
    """Give a Word file: A4, Japanese fonts, header and footer; equal input gives equal bytes."""
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(Path(folder), sheet)
        out = Path(folder) / "made.docx"
        _pandoc(markdown, "docx", f"--resource-path={folder}", out=out)
        made = out.read_bytes()
    marks = "　".join(mark for mark in (sheet.banner, sheet.draft) if mark)
    return finished(
        made,
        title=sheet.title,
        facility=sheet.facility,
        marks=marks,
        foot=sheet.foot,
        language=sheet.language,
        date=sheet.date,
    )


def to_pdf(markdown: str, sheet: PaperSheet) -> bytes:
    """Give a PDF/A-3b with its fonts inside; equal input gives equal bytes."""
    body = drawable(_pandoc(markdown, "typst"))
    frame = (TEMPLATES / "frame.typ").read_text(encoding="utf-8")
    told = {name: drawable(getattr(sheet, name)) for name in ("title", "facility", "banner", "draft", "foot")}
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(Path(folder), sheet)
        attached = ""
        if sheet.log:
            (Path(folder) / LOG_NAME).write_text(sheet.log, encoding="utf-8", newline="\n")
            attached = f'#pdf.attach("{LOG_NAME}", relationship: "source", mime-type: "application/jsonl", description: "The journal of this run")\n'
        main = Path(folder) / "main.typ"
        main.write_text(frame + attached + body, encoding="utf-8", newline="\n")
        made: bytes = typst.compile(
            main,
            root=Path(folder),
            font_paths=paper_fonts(),
            ignore_system_fonts=True,
            pdf_standards=PDF_STANDARD,
            sys_inputs=told | {"language": sheet.language},
            timestamp=int(sheet.date.timestamp()),
        )
    return made


def _lay_out(folder: Path, sheet: PaperSheet) -> None:
    for name, picture in sheet.pictures.items():
        (folder / name).write_bytes(picture)


def _pandoc(markdown: str, to: str, *options: str, out: Path | None = None) -> str:
    made: str = pypandoc.convert_text(
        markdown,
        to,
        format=READER,
        outputfile=str(out) if out else None,
        sandbox=False,
        extra_args=["--wrap=none", "--columns=1", f"--lua-filter={TEMPLATES / 'paper.lua'}", *options],
    )
    return made
