"""``report``: a document of an incident or drill, of the facility, or of a fiscal year."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import click
from rich.console import Console

from bot.command_line.ending import ALTERED, MISUSE, PROBLEMS, give_up, say
from bot.command_line.making import for_a_few, look_into, open_or_end
from bot.command_line.options import everything_option, home_option, language_option, option
from bot.documents.kinds import FORMATS, Format, UnknownKind, kind_of, kinds, make
from bot.documents.source import Source, UnknownRun
from bot.home import Home
from bot.phrasing import phrase
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY
from playbooks.texts import Language

YEAR = re.compile(r"fy(\d{4})")


@click.command()
@click.argument("run")
@click.argument("kind")
@home_option
@option("--format", "form", type=click.Choice(FORMATS), default="md", show_default=True, says="format")
@option("--until", type=click.IntRange(min=1), says="as_of")
@language_option
@everything_option
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), says="output")
def report(
    run: str,
    kind: str,
    home: Path,
    form: Format,
    until: int | None,
    language: Language | None,
    everything: bool,
    output: Path | None,
) -> None:
    """Make a document of RUN (an incident or drill, `facility`, or a fiscal year such as `fy2027`).

    It is for people of the facility: it holds names and what people wrote as it stands, and nothing is withheld. For
    somebody outside use `export --for … --review FILE`. A report to an office is a form of its own, to be read before
    it is sent.

    Without -o it is printed, which only text can be. The same RUN, KIND, --until and --language give the same bytes.
    """
    if output is None and form in ("docx", "pdf", "xlsx") and sys.stdout.isatty():
        give_up(phrase("report.not_on_screen", form=form))
    opened = open_or_end(home)
    found = opened.engine.run(run)
    look_into(opened, [found] if found else [], "report", agreed=everything)
    try:
        data = _made(opened, run, kind, form, until, language)
    except BrokenChain as broken:
        give_up(phrase("report.unreadable", why=broken), ALTERED)
    finally:
        opened.close()
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        write_whole(output, data)
    except OSError as error:
        give_up(phrase("files.unwritable", file=output, why=error.strerror), PROBLEMS)
    say(phrase("files.written", file=output))


def _made(home: Home, run: str, kind: str, form: Format, until: int | None, language: Language | None) -> bytes:
    year = YEAR.fullmatch(run)
    speaks = language or home.engine.roster().facility.language
    try:
        of, fiscal = (FACILITY, int(year[1])) if year else (run, None)
        source = Source.of(home.engine, of, speaks, until, fiscal, home.own_photo)
        chosen = kind_of(source, kind)
        if form not in chosen.formats:
            give_up(phrase("report.forms", kind=kind, forms=" ".join(chosen.formats)), MISUSE)
        with Console(stderr=True).status(f"{kind} …"):
            return make(source, kind, form)
    except UnknownRun as unknown:
        named = (known for known in home.engine.runs() if known.id in unknown.known and not for_a_few(home, known))
        there = "、".join((*(known.id for known in named), FACILITY))
        give_up(phrase("report.no_run", run=run, there=there))
    except UnknownKind as unknown:
        there = "、".join(unknown.known) or "—"
        of = "、".join(f"{name} ({k.of})" for name, k in kinds().items())
        give_up(phrase("report.no_document", run=run, kind=kind, there=there, kinds=of))


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
