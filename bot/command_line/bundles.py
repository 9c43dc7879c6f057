"""``export`` and the verification of what it made: the evidence bundle of a run, redacted for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from bot.bundle.contents import Bundle
from bot.bundle.contents import export as export_bundle
from bot.bundle.findings import finding_line
from bot.bundle.opening import Opened, verify_bundle
from bot.bundle.papers import papers
from bot.bundle.readme import STILL_OPEN, grouped
from bot.bundle.snapshot import NoSuchEntry, NoSuchRun, Watch
from bot.bundle.table import RECIPIENTS, shipped_table
from bot.command_line.ending import ALTERED, MISUSE, PROBLEMS, give_up, say, say_json
from bot.command_line.options import as_json, home_option, language_option
from bot.store.kept import storage_of
from bot.store.storage import Finding
from bot.store.trouble import StorageTrouble
from bot.store.verifying import Report
from contacts.model import Facility
from contacts.registry import FACILITY_KEY
from flows.record.chain import BrokenChain
from playbooks.texts import Language


@click.command()
@click.argument("run")
@home_option
@click.option("-o", "--output", "out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="ZIP ファイルの名前 / the ZIP file to write")  # fmt: skip
@click.option("--for", "recipient", type=click.Choice(RECIPIENTS), default="internal", show_default=True,
              help="提出先 / whom it is for")  # fmt: skip
@click.option("--until", type=click.IntRange(min=1), default=None, help="この番号の記録まで / up to this entry")
@language_option
@as_json
def export(
    run: str, home: Path, out: Path, recipient: str, until: int | None, language: Language | None, json: bool
) -> None:
    """Write the evidence bundle of RUN (or `facility`): what the recipient may see, and the proof that it is unaltered."""
    if not storage_of(home).exists():
        give_up(f"{home} には、まだ何もありません。 / There is no home in {home}.", PROBLEMS)
    if not out.absolute().parent.is_dir():
        give_up(f"{out.parent} というフォルダはありません。 / There is no folder {out.parent}.", MISUSE)
    try:
        with progress_bar("export") as watch:
            bundle = export_bundle(
                home, run, out.absolute(), recipient=recipient, language=language or _language_of(home), until=until,
                watch=watch, documents=papers,
            )  # fmt: skip
    except NoSuchRun as known:
        there = ", ".join(known.args) or "—"
        give_up(f"{run} という記録はありません。あるもの: {there} / There is no run {run}; there are: {there}", MISUSE)
    except NoSuchEntry as last:
        give_up(
            f"{until} 番の記録はありません。最後は {last} 番です。 / There is no entry {until}; the last one is {last}.",
            MISUSE,
        )
    except (OSError, StorageTrouble, ValueError) as trouble:
        give_up(
            f"書き出せませんでした（{trouble}）。もとの記録はそのままです。空きと書き込み先を確かめて、もう一度どうぞ。 / "
            f"Nothing was written ({trouble}). The journal is as it was; look at disk space and folder, then try again.",
            PROBLEMS,
        )
    _say_bundle(bundle, json=json)
    if any(finding.kind not in ("evidence_missing", "evidence_altered") for finding in bundle.findings):
        raise SystemExit(ALTERED)


def _language_of(home: Path) -> Language:
    """Give the facility's language; Japanese where an altered journal no longer tells."""
    try:
        with storage_of(home).read() as store:
            return Facility.model_validate_json(store.registry("facility")[FACILITY_KEY]).language
    except (BrokenChain, KeyError, ValueError):
        return "ja"


@contextmanager
def progress_bar(what: str) -> Iterator[Watch]:
    """Show on stderr how far the work is, if somebody watches."""
    with Progress(console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _say_bundle(bundle: Bundle, *, json: bool) -> None:
    snapshot, counts = bundle.snapshot, bundle.counts
    if json:
        say_json(
            {
                "file": str(bundle.path), "run": snapshot.run, "recipient": bundle.view.name,
                "language": bundle.view.language, "until": snapshot.head.seq, "open": snapshot.live,
                "head": {"seq": snapshot.head.seq, "digest": snapshot.head.digest.hex()},
                "entries": vars(counts), "files": bundle.files, "fingerprint": bundle.fingerprint,
                "findings": [_json_of(finding) for finding in bundle.findings],
            }
        )  # fmt: skip
        return
    title = shipped_table().recipients[bundle.view.name].title
    say(f"{bundle.path}  {title.ja} / {title.en}")
    if snapshot.live:
        say(f"{STILL_OPEN.ja} / {STILL_OPEN.en}")
    say(f"記録: 全部 {counts.whole}、一部 {counts.withheld}、要約値だけ {counts.left_out}  / "
        f"entries: {counts.whole} whole, {counts.withheld} in part, {counts.left_out} as digests")  # fmt: skip
    say(
        f"鍵の指紋（別の方法で伝えてください） / fingerprint (tell it apart from the bundle): {grouped(bundle.fingerprint)}"
    )
    _say_findings(bundle.findings)
    if bundle.findings:
        say(
            "見つかったことも書き入れて、一式を作りました。 / The bundle was made all the same, and names what was found."
        )


def verify_and_say(path: Path, *, json: bool) -> Report:
    """Verify a bundle and print what was found."""
    with progress_bar("verify") as watch:
        opened = verify_bundle(path, watch)
    if json:
        say_json(_json_of_opened(opened))
        return opened.report
    _say_findings(opened.report.findings)
    manifest, report = opened.manifest, opened.report
    if manifest is not None:
        say(f"{manifest.facility}  {manifest.run} → {manifest.recipient}")
        if manifest.open:
            say(f"{STILL_OPEN.ja} / {STILL_OPEN.en}")
        say(f"鍵の指紋（別に受け取ったものと見くらべる） / fingerprint, to be compared: {grouped(manifest.key)}")
    looked = f"記録 {report.entries}件、封印 {report.seals}件 / {report.entries} entries, {report.seals} seals"
    if report.findings:
        say(f"書き換えの跡があります / altered ({looked})")
    else:
        say(f"✓ 書き換えの跡はありません / nothing was altered ({looked})")
    return report


def _say_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        say(f"✗ {finding_line(finding, 'ja')} / {finding_line(finding, 'en')}")


def _json_of(finding: Finding) -> dict[str, object]:
    return {"kind": finding.kind, "seq": finding.seq, "detail": finding.detail}


def _json_of_opened(opened: Opened) -> dict[str, object]:
    report, manifest = opened.report, opened.manifest
    said = (
        manifest.model_dump(include={"facility", "run", "recipient", "open", "key", "findings"}) if manifest else None
    )
    return {
        "whole": not report.findings, "entries": report.entries, "seals": report.seals, "evidence": report.evidence,
        "head": {"seq": report.head.seq, "digest": report.head.digest.hex()},
        "findings": [_json_of(finding) for finding in report.findings], "bundle": said,
    }  # fmt: skip
