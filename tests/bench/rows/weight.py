"""What it weighs: an opened run in the journal, what is installed to run it; and a long document beside its tools alone."""

from __future__ import annotations

import re
import resource
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from time import process_time

import pypandoc
import typst

from bot.documents.kinds import make
from bot.documents.paper.fonts import paper_fonts
from bot.documents.paper.markdown import READER
from bot.documents.paper.press import PDF_STANDARD
from bot.documents.source import Source
from bot.store.sqlite.journal import JOURNAL_FILE
from tests.bench.figures import Figure, Size
from tests.bench.homes import Facilities
from tests.bench.processes import ROOT

RUNS, NOTES = 20, 1_000


def weight(size: Size) -> Iterator[Figure]:
    """Bytes of a run that was opened, and of everything that requirements/run.txt installs."""
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), 8)
        runs = 2 if size.small else RUNS
        facility.incident(known=False)
        before = _used(facility)
        for _ in range(runs):
            facility.incident(known=False)
        yield Figure(
            "an opened run, 8 people, on disk", "KB", [(_used(facility) - before) / runs / 1e3], goal="≤ 10 KB"
        )
        facility.close()
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"), re.MULTILINE)
    sizes = sorted(((_installed(name) / 1e6, name) for name in set(names)), reverse=True)
    heaviest = ", ".join(f"{name} {megabytes:.0f}" for megabytes, name in sizes[:6])
    yield Figure("what run.txt installs", "MB", [sum(of for of, _ in sizes)], goal="≤ 400 MB", more=heaviest)


def paper(size: Size) -> Iterator[Figure]:
    """The timeline of a long run as PDF, beside Pandoc and Typst on the same text; CPU, theirs included."""
    with tempfile.TemporaryDirectory() as folder:
        facility = Facilities(Path(folder), 8)
        run = facility.incident()
        entries = 20 if size.small else NOTES
        facility.notes(run, entries)
        facility.engine.refresh()
        source = Source.of(facility.engine, run, "ja")
        text = make(source, "timeline", "md").decode()
        rounds = [
            (_cpu(lambda: make(source, "timeline", "pdf")), _cpu(lambda: _alone(text))) for _ in range(size.rounds)
        ]
        ours, theirs = map(list, zip(*rounds, strict=True))
        yield Figure(f"PDF of {entries:,} entries", "s CPU", ours, "pandoc + typst alone", theirs, "≤ 1.2 ×")
        facility.close()


def _used(facility: Facilities) -> int:
    """Give the bytes of the pages in use, whether they are in the file yet or in the log beside it."""
    with closing(sqlite3.connect(facility.path / JOURNAL_FILE)) as database:
        [[pages]], [[free]], [[each]] = (
            database.execute(f"PRAGMA {asked}").fetchall() for asked in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * each)


def _installed(name: str) -> int:
    """Give the bytes of a distribution here; none where it is for other systems."""
    try:
        files = distribution(name).files or ()
    except PackageNotFoundError:
        return 0
    return sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())


def _alone(text: str) -> None:
    """Make a PDF of the same standard with the same fonts, and nothing else."""
    made = pypandoc.convert_text(text, "typst", format=READER, extra_args=["--standalone"])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.typ"
        source.write_text(made, encoding="utf-8")
        typst.compile(source, font_paths=paper_fonts(), ignore_system_fonts=True, pdf_standards=PDF_STANDARD)


def _cpu(what: Callable[[], object]) -> float:
    start = _used_cpu()
    what()
    return _used_cpu() - start


def _used_cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime
