"""``report``: a document of an incident or drill, of the facility, or of a fiscal year."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from bot.bundle.contents import Texts, texts_of
from bot.bundle.redaction import View
from bot.bundle.review import ReviewFault
from bot.bundle.snapshot import take
from bot.bundle.table import shipped_table
from bot.command_line.ending import ALTERED, MISUSE, PROBLEMS, give_up, harmless, say, say_json
from bot.command_line.looking import Looking, ask_here, not_taken, write_whole
from bot.command_line.making import for_a_few, look_into, open_or_end
from bot.command_line.options import as_json, everything_option, home_option, language_option, option
from bot.documents.forms.forms import GOES_TO
from bot.documents.kinds import FORMATS, Format, UnknownKind, kind_of, kinds
from bot.documents.orders import Order
from bot.documents.source import Source, UnknownRun
from bot.home import Home
from bot.phrasing import in_all, phrase
from bot.tending.apart import TookTooMuch
from bot.tending.making_apart import MAKING_LASTS, made_apart
from bot.words.free_texts import PARTIES
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY
from playbooks.frozen import frozen
from playbooks.texts import Language

YEAR = re.compile(r"fy(\d{4})")


@frozen
class _Made:
    """A document, and what of people's words stands in it: None where nothing is withheld."""

    data: bytes
    source: Source
    texts: Texts | None


@click.command()
@click.argument("run")
@click.argument("kind")
@home_option
@option("--format", "form", type=click.Choice(FORMATS), default="md", show_default=True, says="format")
@option("--until", type=click.IntRange(min=1), says="as_of")
@language_option
@everything_option
@option("--for", "recipient", type=click.Choice(PARTIES), default=None, says="recipient")
@option("--review", "file", type=click.Path(path_type=Path, dir_okay=False), says="review")
@option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), says="output")
@as_json
def report(
    run: str,
    kind: str,
    home: Path,
    form: Format,
    until: int | None,
    language: Language | None,
    everything: bool,
    recipient: str | None,
    file: Path | None,
    output: Path | None,
    json: bool,
) -> None:
    """Make a document of RUN (an incident or drill, `facility`, or a fiscal year such as `fy2027`).

    A record (timeline, review) is for people of the facility: it holds names and what people wrote as it stands. In a
    form that goes to somebody outside, what people wrote stands only once somebody has looked at it: in the chat, in a
    file of decisions (--review FILE writes it, and reads it once it is filled in), or entry by entry in a terminal.

    Without -o it is printed, which only text can be. The same RUN, KIND, --until, --language and decisions give the
    same bytes.
    """
    if output is None and json:
        give_up(phrase("report.json_needs_file"), MISUSE)
    if output is None and form in ("docx", "pdf", "xlsx") and sys.stdout.isatty():
        give_up(phrase("report.not_on_screen", form=form))
    if output is not None and not output.absolute().parent.is_dir():
        give_up(phrase("bundle.no_folder", folder=output.parent), PROBLEMS)
    readers = GOES_TO.get(kind, ())
    _check_reader(kind, readers, recipient, file)
    to = (recipient,) if recipient else readers
    asked = bool(recipient or file) and not json and sys.stdin.isatty() and sys.stdout.isatty()
    looking = Looking(file, ask_here if asked else None)
    opened = open_or_end(home)
    found = opened.engine.run(run)
    look_into(opened, [found] if found else [], "report", agreed=everything)
    try:
        made = _made(opened, run, kind, form, until, language, to, looking)
    except BrokenChain as broken:
        give_up(phrase("report.unreadable", why=broken), ALTERED)
    except ReviewFault as fault:
        not_taken(fault, file)
    except TookTooMuch:
        give_up(phrase("report.took_too_much", kind=kind), PROBLEMS)
    finally:
        opened.close()
    if output is not None:
        try:
            write_whole(output, made.data)
        except OSError as error:
            give_up(phrase("files.unwritable", file=output, why=error.strerror), PROBLEMS)
    if json:
        say_json(
            {
                "file": str(output),
                "run": made.source.run_id,
                "kind": kind,
                "recipient": to[0] if len(to) == 1 else None,
                "language": made.source.language,
                "until": made.source.seq,
                "free_texts": vars(made.texts) if made.texts else None,
                "review": str(file) if file else None,
            }
        )
        return
    if output is None:
        click.echo(made.data, nl=False)
    else:
        say(phrase("files.written", file=output))
    _say_texts(made.texts, looking, on_stderr=output is None)


def _check_reader(kind: str, readers: Collection[str], recipient: str | None, file: Path | None) -> None:
    """End where decisions can't be bound to one recipient: for the house nothing is withheld, and each has a file of its own."""
    if not (recipient or file):
        return
    if not readers:
        give_up(phrase("report.for_the_house", kind=kind), MISUSE)
    if recipient is None and len(readers) > 1:
        give_up(phrase("report.for_whom", kind=kind, readers=" ".join(readers)), MISUSE)
    if recipient and recipient not in readers:
        give_up(phrase("report.other_reader", kind=kind, recipient=recipient, readers=" ".join(readers)), MISUSE)


def _say_texts(texts: Texts | None, looking: Looking, *, on_stderr: bool) -> None:
    """Say how many of the words that people wrote were withheld, and how they are looked at."""
    if texts is None:
        return
    told = [phrase("review.counts", **vars(texts))]
    if looking.written:
        told.append(phrase("review.written", file=looking.file))
    elif texts.unseen and looking.file is None:
        told.append(phrase("review.how_to"))
    for line in told:
        click.echo(harmless(in_all(line)), err=on_stderr)


def _made(
    home: Home,
    run: str,
    kind: str,
    form: Format,
    until: int | None,
    language: Language | None,
    to: tuple[str, ...],
    looking: Looking,
) -> _Made:
    year = YEAR.fullmatch(run)
    speaks = language or home.engine.roster().facility.language
    try:
        of, fiscal = (FACILITY, int(year[1])) if year else (run, None)
        source = replace(Source.of(home.engine, of, speaks, until, fiscal, home.own_photo), to=to)
        chosen = kind_of(source, kind)
        if form not in chosen.formats:
            give_up(phrase("report.forms", kind=kind, forms=" ".join(chosen.formats)), MISUSE)
        texts = None
        if to:
            snapshot = take(home.path, run, source.seq, lambda _: None)
            seen = [View(shipped_table(), name, run, speaks) for name in to]
            if len(to) == 1:
                source = replace(source, decided=looking(snapshot, seen[0]))
            texts = texts_of(snapshot, replace(seen[0], looked_at=source.looked_at))
        with Console(stderr=True).status(f"{kind} …"):
            order = Order(kind, kind, form, of, speaks, source.seq, year=fiscal, to=to, decided=source.decided)
            return _Made(asyncio.run(made_apart(home.path, order, MAKING_LASTS)), source, texts)
    except UnknownRun as unknown:
        named = (known for known in home.engine.runs() if known.id in unknown.known and not for_a_few(home, known))
        there = "、".join((*(known.id for known in named), FACILITY))
        give_up(phrase("report.no_run", run=run, there=there))
    except UnknownKind as unknown:
        there = "、".join(unknown.known) or "—"
        of = "、".join(f"{name} ({k.of})" for name, k in kinds().items())
        give_up(phrase("report.no_document", run=run, kind=kind, there=there, kinds=of))
