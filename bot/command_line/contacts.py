"""``contacts``: the registry of people, vendors, systems and authorities, by Excel and on paper."""

from __future__ import annotations

from pathlib import Path

import click

from bot.clock import SystemClock
from bot.command_line.ending import PROBLEMS, give_up, say, say_json
from bot.command_line.making import open_or_end
from bot.command_line.options import as_json, home_option, language_option, option
from bot.home import Home
from bot.phrasing import in_all, phrase
from contacts.registry import SHAPES, held
from contacts.rows.facets import unfold
from contacts.rows.naming import Naming
from contacts.rows.proposal import Proposal
from flows.powers import CONSOLE
from flows.refusals import Refused
from playbooks.texts import LANGUAGES, Language, everywhere

SHOWN = 50
"""Lines of mistakes or changes that are printed for people; ``--json`` prints all."""

_to_file = option(
    "-o", "--output", "output", type=click.Path(path_type=Path, dir_okay=False), required=True, says="output"
)
_yes = option("--yes", is_flag=True, says="yes")


@click.group()
def contacts() -> None:
    """The registry of people, vendors, systems, contracts and authorities: Excel in, Excel out, the contact chart."""


@contacts.command()
@_to_file
@_yes
def template(output: Path, yes: bool) -> None:
    """Write an empty workbook to fill: headers, drop-downs, an example row on each sheet, and notes."""
    from contacts.workbook import template as made

    _write(output, made(), yes=yes)


@contacts.command("export")
@home_option
@_to_file
@_yes
def export_contacts(home: Path, output: Path, yes: bool) -> None:
    """Write the registry as a workbook; importing it unchanged changes nothing."""
    from contacts.workbook import export as made

    opened = open_or_end(home)
    try:
        today = opened.engine.roster().facility.local(SystemClock().now()).date()
        data = made(held(opened.journal.registry), today)
    finally:
        opened.close()
    _write(output, data, yes=yes)


def _write(output: Path, data: bytes, *, yes: bool) -> None:
    if output.exists() and not yes:
        click.confirm(in_all(phrase("files.overwrite", file=output)), abort=True)
    try:
        output.write_bytes(data)
        output.chmod(0o600)
    except OSError as error:
        give_up(phrase("files.unwritable", file=output, why=error.strerror), PROBLEMS)
    say(phrase("files.written", file=output))


@contacts.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@home_option
@_yes
@as_json
def import_contacts(file: Path, home: Path, yes: bool, json: bool) -> None:
    """Show what a filled workbook would change, and change it after asking.

    With --json nothing is asked: the changes are made only if --yes is given as well. A workbook with mistakes changes
    nothing at all (exit 1).
    """
    from bot.desks.contact_import import proposed

    opened = open_or_end(home)
    try:
        proposal = proposed(opened.engine, file.read_bytes(), SystemClock().now())
        if not json:
            _show(opened, proposal)
        applied = False
        if proposal.changes and not proposal.mistakes:
            if not (yes or json):
                click.confirm(in_all(phrase("contacts.change")), abort=True)
            if yes or not json:
                _apply(opened, proposal)
                applied = True
    finally:
        opened.close()
    if json:
        say_json(_as_json(proposal, applied=applied))
    elif applied:
        say(phrase("contacts.changed", count=len(proposal.changes)))
    if proposal.mistakes:
        raise SystemExit(PROBLEMS)


def _apply(home: Home, proposal: Proposal) -> None:
    from bot.desks.contact_import import order

    cause = f"console:import:{home.journal.head().seq}"
    try:
        home.engine.handle(order(proposal.changes), actor=CONSOLE, now=SystemClock().now(), cause=cause)
    except Refused:
        give_up(phrase("contacts.changed_meanwhile"), PROBLEMS)


def _show(home: Home, proposal: Proposal) -> None:
    from contacts.rows.differences import described, names_in

    language = home.engine.roster().facility.language
    for mistake in proposal.mistakes[:SHOWN]:
        for one in LANGUAGES:
            say(f"{'✗' if one == LANGUAGES[0] else ' '} {_one_line(mistake.in_language(one))}")
    if proposal.mistakes:
        _and_more(len(proposal.mistakes))
        say(phrase("contacts.mistakes", count=len(proposal.mistakes)))
        return
    naming = names_in(held(home.journal.registry), proposal.changes)
    for change in proposal.changes[:SHOWN]:
        say(_one_line(described(change, naming, language)))
    _and_more(len(proposal.changes))
    if not proposal.changes:
        say(phrase("contacts.same"))
    for advice in proposal.advice:
        say(f"・ {in_all(advice)}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _and_more(count: int) -> None:
    if count > SHOWN:
        say(phrase("contacts.more", count=count - SHOWN))


def _as_json(proposal: Proposal, *, applied: bool) -> dict[str, object]:
    return {
        "applied": applied,
        "changes": [
            {"kind": c.kind, "key": c.key, "how": c.how, "name": c.name, "fields": list(c.fields)}
            for c in proposal.changes
        ],
        "mistakes": [mistake.as_json() for mistake in proposal.mistakes],
        "advice": [everywhere(advice) for advice in proposal.advice],
    }


@contacts.command("list")
@home_option
@as_json
def list_contacts(home: Path, json: bool) -> None:
    """List all that the registry holds."""
    opened = open_or_end(home)
    try:
        found = held(opened.journal.registry)
        language = opened.engine.roster().facility.language
    finally:
        opened.close()
    if json:
        say_json({kind: [row.model_dump(mode="json") for row in found[kind].values()] for kind in SHAPES})
        return
    from contacts.rows.naming import filled
    from contacts.rows.sheets import SHEETS

    rows, naming = unfold(found), Naming.of(unfold(found))
    for sheet in SHEETS:
        cells = [
            [str(c) for c in filled(sheet, row, naming).values() if c is not None] for row in rows[sheet.kind].values()
        ]
        lines = ["  ".join(row) for row in cells if len(row) > 1 or sheet.kind != "weekday"]
        if lines:
            say(f"■ {sheet.title.in_language(language)}")
        for line in lines:
            say(f"  {_one_line(line)}")


@contacts.command()
@home_option
@option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True, says="format")
@language_option
def chart(home: Path, form: str, language: Language | None) -> None:
    """Print the contact chart (連絡体制図): those inside with deputies, vendors by system, authorities."""
    from contacts.readiness.chart import as_html, as_markdown
    from contacts.readiness.chart import chart as drawn_up

    opened = open_or_end(home)
    try:
        roster = opened.engine.roster()
    finally:
        opened.close()
    drawn = drawn_up(roster, roster.facility.local(SystemClock().now()).date(), language)
    click.echo(as_markdown(drawn) if form == "md" else as_html(drawn), nl=False)
