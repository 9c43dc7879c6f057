"""``runs`` and ``verify``: what happened, and the proof that nothing was altered.

The proof rests on the store alone; what opens a home and puts it into words is loaded by the commands that do.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.backup.cipher import LONGEST_SIGN, is_backup
from bot.bundle.findings import finding_in_words
from bot.command_line.ending import (
    ALTERED,
    PROBLEMS,
    disposed_as_json,
    give_up,
    harmless,
    say,
    say_disposed,
    say_json,
    say_stamps,
    stamps_as_json,
)
from bot.command_line.options import as_json, everything_option, home_option, language_option, option
from bot.phrasing import in_all, phrase
from bot.store.evidence import EVIDENCE_FOLDER
from bot.store.kept import storage_of
from bot.store.seals import KEY_FILE, head_posted
from bot.store.storage import Finding
from bot.store.time_stamps import Authority, certificates_in
from bot.store.verifying import VerificationReport, verify_home, verify_lines
from flows.record.journal import FACILITY, Head
from playbooks.texts import Language

if TYPE_CHECKING:
    from bot.words.words import Words
    from flows.state.run import Run


@click.group()
def runs() -> None:
    """Incidents and drills, with their timelines."""


def _summary(run: Run, words: Words) -> dict[str, object]:
    return {
        "id": run.id,
        "mode": run.mode,
        "state": run.state,
        "playbook": run.playbook.playbook if run.playbook else None,
        "title": run.playbook.title.in_language(words.language) if run.playbook else words.reported(run.text),
        "reported_at": run.reported_at.isoformat() if run.reported_at else None,
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "entries": run.turns,
    }


@runs.command("list")
@home_option
@language_option
@everything_option
@as_json
def list_runs(home: Path, language: Language | None, everything: bool, json: bool) -> None:
    """List incidents and drills, the oldest first; what only a few may know of is counted and not named."""
    from bot.command_line.making import for_a_few, open_or_end
    from bot.words.words import Words

    opened = open_or_end(home)
    roster = opened.engine.roster()
    words = Words(language or roster.facility.language, roster)
    runs = opened.engine.runs()
    shown = [run for run in runs if everything or not for_a_few(opened, run)]
    found = [_summary(run, words) for run in shown]
    opened.close()
    if len(shown) < len(runs):
        click.echo(in_all(phrase("records.for_a_few", count=len(runs) - len(shown))), err=True)
    if json:
        say_json(found)
        return
    for run in found:
        say(f"{run['id']:14} {run['state']:12} {str(run['reported_at'])[:16]}  {run['title']}")
    if not runs:
        say(phrase("records.none"))


@click.command()
@click.argument("run")
@click.argument("number", type=click.IntRange(min=1))
@home_option
def blackout(run: str, number: int, home: Path) -> None:
    """Forget for ever what somebody wrote in entry NUMBER of RUN (an incident or drill, or `facility`), as `runs show` counts.

    What happened, when and by whom stays; so does the proof that nothing else was altered.
    """
    from bot.clock import SystemClock
    from bot.command_line.making import open_or_end
    from bot.store.trouble import StorageTrouble
    from flows.commands.papers import BlackOut, BlackOutHere
    from flows.powers import CONSOLE
    from flows.refusals import Refused

    opened = open_or_end(home)
    try:
        order = BlackOutHere(FACILITY, number) if run == FACILITY else BlackOut(run, number)
        head = opened.journal.head().seq
        now = SystemClock().now()
        opened.engine.handle(order, actor=CONSOLE, now=now, cause=f"console:blackout:{run}:{number}:{head}")
        opened.journal.deliveries.sweep()
    except Refused:
        give_up(phrase("records.nothing_to_black_out", run=run, number=number), PROBLEMS)
    except StorageTrouble as trouble:
        give_up(phrase("making.unwritable", home=home, trouble=trouble), PROBLEMS)
    finally:
        opened.close()
    say(phrase("records.blacked_out"))


@runs.command("show")
@click.argument("run")
@home_option
@language_option
@everything_option
@as_json
def show_run(run: str, home: Path, language: Language | None, everything: bool, json: bool) -> None:
    """Print the whole timeline of a run."""
    from rich.console import Console
    from rich.table import Table

    from bot.command_line.making import look_into, open_or_end
    from bot.words.timeline import timeline
    from bot.words.words import Words

    opened = open_or_end(home)
    found = opened.engine.run(run)
    if found is None:
        opened.close()
        give_up(phrase("records.unknown", run=run), PROBLEMS)
    look_into(opened, [found], "runs show", agreed=everything)
    roster = opened.engine.roster()
    speaks: Language = language or roster.facility.language
    words = Words(speaks, roster)
    rows = timeline(run, list(opened.journal.entries(run=run)), roster, speaks)
    opened.close()
    if json:
        entries = [
            {
                "seq": r.seq,
                "turn": r.turn,
                "occurred_at": r.occurred_at.isoformat(),
                "recorded_at": r.recorded_at.isoformat(),
                "who": r.who,
                "kind": r.kind,
                "what": r.what,
                "corrected": r.corrected,
                "digest": r.digest,
            }
            for r in rows
        ]
        say_json({**_summary(found, words), "timeline": entries})
        return
    drill = words.say("banner.drill") if found.drill else ""
    say(f"{drill}{_summary(found, words)['title']}  ({run}, {found.state})")
    terminal = in_all(phrase("sheet.at_terminal"))
    columns = (in_all(phrase(f"records.{column}")) for column in ("happened", "recorded", "who", "what"))
    table = Table("no.", *columns, "digest", box=None)
    for r in rows:
        happened = f"{roster.facility.local(r.occurred_at):%m-%d %H:%M}"
        recorded = f"{roster.facility.local(r.recorded_at):%H:%M:%S}"
        what = f"{r.what} {r.corrected}" if r.corrected else r.what
        table.add_row(str(r.seq), happened, recorded, r.who + terminal * r.at_terminal, harmless(what), r.digest[:8])
    Console(highlight=False, markup=False).print(table)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@option("--seal", "posted", multiple=True, says="seal")
@option(
    "--tsa-ca", "tsa_ca", type=click.Path(path_type=Path, exists=True, dir_okay=False), multiple=True, says="tsa_ca"
)
@as_json
def verify(path: Path, posted: tuple[str, ...], tsa_ca: tuple[Path, ...], json: bool) -> None:
    """Verify a home, a bundle or an export: chain, seals, the evidence's hashes. Exit 3 if anything was altered.

    Exit 1 if all is whole now, and an entry tells that an earlier record was set aside. A cut end, or a record made anew as
    a whole, shows only against a seal that was kept elsewhere: --seal takes it. Time stamps (RFC 3161) are checked as far as the
    certificate in them; --tsa-ca takes the CA certificate that has to vouch for it.
    """
    heads = [posted_head(text) for text in posted]
    cas = [ca for file in tsa_ca for ca in _authorities(file)]
    what = _looks_like(path)
    if what in _NOT_FOR_US:
        give_up(phrase(f"records.path.{what}", path=path, folder=path.absolute().parent))
    if what == "bundle":
        if heads:
            give_up(phrase("records.seal_for_homes"))
        from bot.command_line.bundles import verify_and_say

        if verify_and_say(path, cas, json=json).findings:
            raise SystemExit(ALTERED)
        return
    report = (verify_home if path.is_dir() else verify_lines)(path, heads=heads, cas=cas)
    if json:
        say_json(
            {
                "whole": not report.findings,
                "entries": report.entries,
                "seals": report.seals,
                "evidence": report.evidence,
                "people_since": report.people_since,
                "erased": list(report.erased),
                "head": {"seq": report.head.seq, "digest": report.head.digest.hex()},
                "time_stamps": stamps_as_json(report.stamps),
                "removed": disposed_as_json(report.disposed),
                "findings": _as_json(report.findings),
                "earlier": _as_json(report.earlier),
            }
        )
    else:
        _say_report(path, report, heads)
    if report.findings:
        raise SystemExit(ALTERED)
    if report.earlier:
        raise SystemExit(PROBLEMS)


_NOT_FOR_US = frozenset({"backup", "database", "no_home", "unknown"})
"""What somebody may name by mistake: nothing of it was altered, it is the wrong thing."""


def _looks_like(path: Path) -> str:
    """Say what a path is by what lies there, whatever it is called."""
    if path.is_dir():
        if storage_of(path).exists():
            return "home"
        from bot.settings import SETTINGS_FILE

        its_own = (SETTINGS_FILE, EVIDENCE_FOLDER, KEY_FILE.parent.name)
        return "home" if any((path / one).exists() for one in its_own) else "no_home"
    with path.open("rb") as file:
        start = file.read(LONGEST_SIGN)
    if path.suffix.lower() == ".zip" or start.startswith(b"PK"):
        return "bundle"
    if is_backup(start):
        return "backup"
    if path.name == storage_of(path.parent).name:
        return "database"
    return "export" if not start or start.lstrip().startswith(b"{") else "unknown"


def _as_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [{"kind": f.kind, "seq": f.seq, "detail": f.detail} for f in findings]


def _authorities(file: Path) -> list[Authority]:
    try:
        return certificates_in(file.read_bytes())
    except (OSError, ValueError):
        give_up(phrase("records.no_certificate", path=file))


def posted_head(posted: str) -> Head:
    """Read a seal as it was posted, from the option itself or from a file that it names."""
    with suppress(OSError, UnicodeDecodeError):
        if Path(posted).is_file():
            posted = Path(posted).read_text(encoding="utf-8")
    try:
        return head_posted(posted)
    except ValueError:
        give_up(phrase("records.no_seal"))


def _say_report(path: Path, report: VerificationReport, heads: Sequence[Head]) -> None:
    for finding in report.findings:
        say(f"✗ {in_all(finding_in_words(finding))}")
    for finding in report.earlier:
        say(f"⚠ {in_all(finding_in_words(finding))}")
    looked = phrase("records.looked", entries=report.entries, seals=report.seals, evidence=report.evidence)
    if any(finding.kind == "file" for finding in report.findings):
        say(phrase("records.damaged" if storage_of(path).exists() else "records.gone", looked=looked))
    elif report.findings:
        say(phrase("records.altered", looked=looked))
    else:
        say(phrase("records.whole", looked=looked))
        since = report.people_since
        say(phrase("records.people", since=since) if since is not None else phrase("records.no_people"))
        for erased in report.erased:
            say(phrase("records.erased", seq=erased))
        say(f"  {report.head.seq}: {report.head.digest.hex()}")
        for head in heads:
            say(phrase("records.seal_fits", seq=head.seq))
    say_disposed(report.disposed)
    say_stamps(report.stamps)
