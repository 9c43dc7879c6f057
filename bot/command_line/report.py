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
from bot.command_line.making import open_or_end
from bot.command_line.options import home_option, language_option
from bot.documents.kinds import FORMATS, Format, UnknownKind, kind_of, kinds, make
from bot.documents.source import Source, UnknownRun
from bot.home import Home
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY
from playbooks.texts import Language

YEAR = re.compile(r"fy(\d{4})")


@click.command()
@click.argument("run")
@click.argument("kind")
@home_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="md", show_default=True, help="形式 / form")
@click.option("--until", type=click.IntRange(min=1), help="この番号の記録まで / as of this entry")
@language_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="書き出すファイル / the file to write"
)
def report(
    run: str, kind: str, home: Path, form: Format, until: int | None, language: Language | None, output: Path | None
) -> None:
    """Make a document of RUN (an incident or drill, `facility`, or a fiscal year such as `fy2027`).

    Without -o it is printed, which only text can be. The same RUN, KIND, --until and --language give the same bytes.
    """
    if output is None and form in ("docx", "pdf", "xlsx") and sys.stdout.isatty():
        give_up(f"{form} は画面に出せません。-o ファイル名 を付けてください。 / Name a file with -o for {form}.")
    opened = open_or_end(home)
    try:
        data = _made(opened, run, kind, form, until, language)
    except BrokenChain as broken:
        give_up(f"記録を読めません（{broken}）。 / The journal can't be read ({broken}).", ALTERED)
    finally:
        opened.close()
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        write_whole(output, data)
    except OSError as error:
        give_up(f"{output} に書き込めません（{error.strerror}）。 / Can't write {output} ({error.strerror}).", PROBLEMS)
    say(f"{output} を書き出しました。 / Wrote {output}.")


def _made(home: Home, run: str, kind: str, form: Format, until: int | None, language: Language | None) -> bytes:
    year = YEAR.fullmatch(run)
    speaks = language or home.engine.roster().facility.language
    try:
        of, fiscal = (FACILITY, int(year[1])) if year else (run, None)
        source = Source.of(home.engine, of, speaks, until, fiscal)
        chosen = kind_of(source, kind)
        if form not in chosen.formats:
            forms = " ".join(chosen.formats)
            give_up(f"{kind} の形式は {forms} です。 / {kind} comes as {forms}.", MISUSE)
        with Console(stderr=True).status(f"{kind} …"):
            return make(source, kind, form)
    except UnknownRun as unknown:
        there = "、".join((*unknown.known, FACILITY))
        give_up(f"「{run}」という記録はありません（{there}） / there is no run {run!r}. ({there})")
    except UnknownKind as unknown:
        there = "、".join(unknown.known) or "—"
        of = "、".join(f"{name} ({k.of})" for name, k in kinds().items())
        give_up(f"{run} に「{kind}」という書類はありません（{there}） / {run} has no document {kind!r}. ({of})")


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
