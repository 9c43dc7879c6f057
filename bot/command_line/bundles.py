"""``export`` and the verification of what it made: the evidence bundle of a run, redacted for whom it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.bundle.contents import Bundle, RemovedSince
from bot.bundle.contents import export as export_bundle
from bot.bundle.findings import finding_in_words
from bot.bundle.papers import papers
from bot.bundle.readme import STILL_OPEN, grouped
from bot.bundle.review import ReviewFault
from bot.bundle.snapshot import NoSuchEntry, NoSuchRun, Watch, standing
from bot.bundle.table import RECIPIENTS, shipped_table
from bot.bundle.verification import OpenedBundle, verify_bundle
from bot.command_line.ending import (
    ALTERED,
    MISUSE,
    PROBLEMS,
    disposed_as_json,
    give_up,
    say,
    say_disposed,
    say_json,
    say_stamps,
    stamps_as_json,
)
from bot.command_line.looking import Looking, ask_here, not_taken
from bot.command_line.making import agree_or_end, look_into, open_or_end
from bot.command_line.options import as_json, everything_option, home_option, language_option, option
from bot.phrasing import in_all, phrase
from bot.store.kept import storage_of
from bot.store.storage import Finding
from bot.store.time_stamps import Authority
from bot.store.trouble import StorageTrouble
from bot.store.verifying import VerificationReport, first_break_at_start
from contacts.model import Facility
from contacts.registry import FACILITY_KEY
from flows.record.chain import BrokenChain
from playbooks.texts import LANGUAGES, Language


@click.command()
@click.argument("run")
@home_option
@option("-o", "--output", "out", type=click.Path(path_type=Path, dir_okay=False), required=True, says="zip")
@option("--for", "recipient", type=click.Choice(RECIPIENTS), default="internal", show_default=True, says="recipient")
@option("--until", type=click.IntRange(min=1), default=None, says="up_to")
@everything_option
@option("--review", "file", type=click.Path(path_type=Path, dir_okay=False), says="review")
@language_option
@as_json
def export(
    run: str,
    home: Path,
    out: Path,
    recipient: str,
    until: int | None,
    everything: bool,
    file: Path | None,
    language: Language | None,
    json: bool,
) -> None:
    """Write the evidence bundle of RUN (or `facility`): what the recipient may see, and the proof that it is unaltered.

    What people wrote goes to nobody outside before somebody has looked at it: --review FILE writes what there is, and
    reads what was decided in it; a terminal asks entry by entry. All else is withheld.
    """
    if not storage_of(home).exists():
        give_up(phrase("bundle.no_home", home=home), PROBLEMS)
    if not out.absolute().parent.is_dir():
        give_up(phrase("bundle.no_folder", folder=out.parent), MISUSE)
    if file is not None and shipped_table().recipients[recipient].inside:
        give_up(phrase("review.nothing_to_look_at"), MISUSE)
    try:
        _agree(home, run, agreed=everything)
    except BrokenChain:
        give_up(phrase("home.altered", path=home), ALTERED)
    asked = not json and recipient != "internal" and sys.stdin.isatty() and sys.stdout.isatty()
    looking = Looking(file, ask_here if asked else None)
    try:
        with progress_bar("export") if not asked else nullcontext(lambda _: None) as watch:
            bundle = export_bundle(
                home,
                run,
                out.absolute(),
                recipient=recipient,
                language=language or _language_of(home),
                until=until,
                decide=looking,
                watch=watch,
                documents=papers,
            )
    except NoSuchRun as known:
        if first_break_at_start(home) is not None:
            give_up(phrase("home.altered", path=home), ALTERED)
        give_up(phrase("bundle.no_run", run=run, there=", ".join(known.args) or "—"), MISUSE)
    except NoSuchEntry as last:
        give_up(phrase("bundle.no_entry", until=until, last=last), MISUSE)
    except RemovedSince as by:
        give_up(phrase("bundle.removed_since", until=until, by=by), MISUSE)
    except ReviewFault as fault:
        not_taken(fault, file)
    except (OSError, StorageTrouble, ValueError) as trouble:
        give_up(phrase("bundle.unwritten", trouble=trouble), PROBLEMS)
    _say_bundle(bundle, looking, json=json)
    if any(finding.kind not in ("evidence_missing", "evidence_altered") for finding in bundle.findings):
        raise SystemExit(ALTERED)


def _agree(home: Path, run: str, *, agreed: bool) -> None:
    """Let what only a few may know of go into a bundle once that is agreed on; a journal that is altered is left as it is."""
    stands, sound = standing(home, run)
    if stands is None or (stands.playbook is not None and stands.calls_everybody) or stands.drill:
        return
    if sound:
        opened = open_or_end(home)
        found = opened.engine.run(run)
        look_into(opened, [found] if found else [], "export", agreed=agreed)
        opened.close()
    elif not agreed:
        agree_or_end()


def _language_of(home: Path) -> Language:
    """Give the facility's language; Japanese where an altered journal no longer tells."""
    try:
        row = storage_of(home).look(lambda store: store.registry("facility")[FACILITY_KEY])
        return Facility.model_validate_json(row).language
    except (BrokenChain, KeyError, ValueError):
        return LANGUAGES[0]


@contextmanager
def progress_bar(what: str) -> Iterator[Watch]:
    """Show on stderr how far the work is, if somebody watches."""
    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _say_bundle(bundle: Bundle, looking: Looking, *, json: bool) -> None:
    snapshot, counts, texts = bundle.snapshot, bundle.counts, bundle.texts
    if json:
        say_json(
            {
                "file": str(bundle.path),
                "run": snapshot.run,
                "recipient": bundle.view.name,
                "language": bundle.view.language,
                "until": snapshot.head.seq,
                "open": snapshot.live,
                "head": {"seq": snapshot.head.seq, "digest": snapshot.head.digest.hex()},
                "entries": vars(counts),
                "free_texts": vars(texts),
                "review": str(looking.file) if looking.file else None,
                "files": bundle.files,
                "fingerprint": bundle.fingerprint,
                "findings": [_json_of(finding) for finding in bundle.findings],
            }
        )
        return
    title = shipped_table().recipients[bundle.view.name].title
    say(f"{bundle.path}  {in_all(title)}")
    if snapshot.live:
        say(STILL_OPEN)
    say(phrase("bundle.counts", **vars(counts)))
    if not bundle.view.recipient.inside:
        say(phrase("review.counts", **vars(texts)))
    if looking.written:
        say(phrase("review.written", file=looking.file))
    elif texts.unseen and looking.file is None:
        say(phrase("review.how_to"))
    say(phrase("bundle.fingerprint", fingerprint=grouped(bundle.fingerprint)))
    _say_findings(bundle.findings)
    if bundle.findings:
        say(phrase("bundle.names_findings"))


def verify_and_say(path: Path, cas: Sequence[Authority] = (), *, json: bool) -> VerificationReport:
    """Verify a bundle and print what was found; ``cas`` as in :func:`bot.bundle.verification.verify_bundle`."""
    with progress_bar("verify") as watch:
        opened = verify_bundle(path, watch, cas)
    if json:
        say_json(_json_of_opened(opened))
        return opened.report
    _say_findings(opened.report.findings)
    manifest, report = opened.manifest, opened.report
    if manifest is not None:
        say(f"{manifest.facility}  {manifest.run} → {manifest.recipient}")
        if manifest.open:
            say(STILL_OPEN)
        say(phrase("bundle.compare", fingerprint=grouped(manifest.key)))
    say_disposed(report.disposed)
    say_stamps(report.stamps)
    looked = in_all(phrase("bundle.looked", entries=report.entries, seals=report.seals))
    say(f"{in_all(phrase(f'bundle.{_comes_to(opened)}'))} ({looked})")
    return report


def _comes_to(opened: OpenedBundle) -> str:
    """Say in a word what a look at a bundle comes to; what came only in part was not altered by anybody."""
    found = {finding.kind for finding in opened.report.findings}
    return "incomplete" if found == {"zip"} else "altered" if found else "whole"


def _say_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        say(f"✗ {in_all(finding_in_words(finding))}")


def _json_of(finding: Finding) -> dict[str, object]:
    return {"kind": finding.kind, "seq": finding.seq, "detail": finding.detail}


def _json_of_opened(opened: OpenedBundle) -> dict[str, object]:
    report, manifest = opened.report, opened.manifest
    said = (
        manifest.model_dump(include={"facility", "run", "recipient", "open", "key", "findings"}) if manifest else None
    )
    return {
        "whole": not report.findings,
        "entries": report.entries,
        "seals": report.seals,
        "evidence": report.evidence,
        "head": {"seq": report.head.seq, "digest": report.head.digest.hex()},
        "time_stamps": stamps_as_json(report.stamps),
        "removed": disposed_as_json(report.disposed),
        "findings": [_json_of(finding) for finding in report.findings],
        "bundle": said,
    }
