"""Evidence that was removed: off the disk, out of the book, said by entry, and provable all the same by all three verifiers."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from bot.bundle.contents import export
from bot.bundle.verification import verify_bundle
from bot.command_line.ending import MISUSE, PROBLEMS
from bot.command_line.tomoshibi import main
from bot.documents.facts.evidence_list import pieces
from bot.documents.source import Source
from bot.store.evidence import EVIDENCE_LOCK, handed_on
from bot.store.locking import locked
from bot.store.verifying import verify_home
from bot.tending.disposing import erase_due
from bot.tending.evidence import keep
from flows.commands.people import CallOff, HandIn, KeepEvidence, Report
from flows.commands.upkeep import NoteRestore
from flows.messages.hearing import AskReportOrNot
from flows.powers import CONSOLE
from flows.record.journal import FACILITY, Owed
from tests.bot.store.sqlite.test_blacking import by_page, by_script
from tests.clinic import Clinic
from tests.journals import bytes_in

WORDS = "秘密の看護師の話"
NOW = "[消します（元に戻せません）]"
ONE, TWO = b"the first photo", b"another photo" * 1000


def photo(clinic: Clinic, run: str, content: bytes) -> str:
    """Keep a photo of a run; gives its digest."""
    clinic.orders(HandIn(run, "terminal:file", "photo", "a.png"), "nurse")
    name = keep(clinic.home.evidence, content)
    order = KeepEvidence(run, max(clinic.run(run).evidence), name, len(content))
    clinic.orders(order, CONSOLE)
    return name


async def ended(clinic: Clinic, *photos: bytes) -> str:
    """Let an outage with photos begin, a nurse write, and the director end it; gives the run."""
    run = clinic.orders(Report("", "カルテが動かない", playbook="ehr_outage"), "reception").run
    await clinic.stage.settle()
    for content in photos:
        photo(clinic, run, content)
    await clinic.says("nurse", WORDS)
    clinic.orders(CallOff(run, "直りました"), "director")
    await clinic.stage.settle()
    return run


def there(clinic: Clinic) -> list[str]:
    """Name what lies among the evidence."""
    return sorted(path.name for path in clinic.home.evidence.rglob("*") if path.is_file())


async def removed(clinic: Clinic, run: str) -> str:
    """Let the director remove what is kept of a run; gives what they read last."""
    await clinic.says("director", "/retention")
    await clinic.does("director", button=f"menu|retention|{run}")
    asked = await clinic.says("director", "[消す…]")
    assert "元に戻せません" in asked
    return await clinic.says("director", NOW)


async def test_it_goes_and_the_record_says_so(clinic: Clinic) -> None:
    """Files and texts are nowhere, the entries stay, nothing is found wrong, and all who decide read of it."""
    run = await ended(clinic, ONE, TWO)
    before = [entry.digest for entry in clinic.entries()]
    assert "写真・ファイル2点" in await clinic.does("director", button=f"menu|retention|{run}")

    told = await removed(clinic, run)

    assert "写真・ファイル2点と、メッセージ" in told
    assert "写真・ファイル2点と、メッセージ" in clinic.read("deputy")
    assert there(clinic) == []
    assert [entry.digest for entry in clinic.entries()][: len(before)] == before
    texts = [d.owed for d in clinic.book.of_run(run) if "カルテが動かない" in str(d.owed.message.facts)]
    assert texts == []
    report = verify_home(clinic.home.path)
    [disposed] = clinic.entries("evidence_disposed")
    assert (report.findings, report.disposed) == ((), ((disposed.seq, 2),))
    [seal] = [
        d for d in clinic.book.of_run(run) if d.owed.name == "seal" and d.address == f"terminal:{clinic.id('director')}"
    ]
    assert "digest" in seal.owed.message.facts
    assert "もうありません" in await clinic.does("director", button=f"menu|retention|{run}")


async def test_the_texts_are_nowhere_on_disk(clinic: Clinic) -> None:
    """What only a message said is neither in the file nor in its log any more; what still waits to go out does."""
    run = await ended(clinic)
    clinic.owes(Owed(clinic.id("nurse"), AskReportOrNot(1, WORDS * 99), run))
    await clinic.stage.settle()
    assert WORDS.encode() * 99 in bytes_in(clinic.home.path)
    await removed(clinic, run)

    assert WORDS.encode() * 2 not in bytes_in(clinic.home.path)
    assert {d.owed.message.facts.get("text") for d in clinic.book.of_run(run)} <= {None, ""}


async def test_a_photo_of_two_runs_goes_with_the_last(clinic: Clinic) -> None:
    """It stays while the other holds it, and that is said; each run's own removal is found sound."""
    first, second = await ended(clinic, ONE, TWO), await ended(clinic, ONE)

    assert "1点は、ほかの件にもある" in await removed(clinic, first)
    assert len(there(clinic)) == 1
    assert verify_home(clinic.home.path).findings == ()
    await removed(clinic, second)
    assert there(clinic) == []
    assert verify_home(clinic.home.path).findings == ()


async def test_what_is_missing_or_back(clinic: Clinic) -> None:
    """A file that is gone without an entry is missing; one that an entry removed and that lies there again is said to."""
    run, other = await ended(clinic, ONE), await ended(clinic, TWO)
    await removed(clinic, run)
    keep(clinic.home.evidence, ONE)
    [gone] = [one.sha256 for one in clinic.run(other).evidence.values()]
    assert gone is not None
    (clinic.home.evidence / gone[:2] / gone).unlink()

    findings = {finding.kind: finding.seq for finding in verify_home(clinic.home.path).findings}
    assert findings == {
        "evidence_back": clinic.entries("evidence_disposed")[0].seq,
        "evidence_missing": clinic.entries("evidence_kept")[1].seq,
    }
    await clinic.passes(1)
    assert len(there(clinic)) == 1, "nothing is removed in silence, not even what came back"


async def test_it_waits_for_whoever_hands_evidence_on(clinic: Clinic) -> None:
    """While a bundle is made the files stay, and go after it; a restart in between forgets nothing."""
    run = await ended(clinic, ONE)
    with handed_on(clinic.home.path):
        told = await removed(clinic, run)
        assert "まもなく消えます" in told
        assert len(there(clinic)) == 1
        assert verify_home(clinic.home.path).findings == ()

    assert await erase_due(clinic.home, clinic.clock) == 1
    assert there(clinic) == []
    assert len(clinic.entries("evidence_erased")) == 1
    with locked(clinic.home.path / EVIDENCE_LOCK) as mine:
        assert mine


def exported(clinic: Clinic, run: str, out: Path) -> Path:
    """Export a bundle with its evidence."""
    export(clinic.home.path, run, out, recipient="internal", language="ja")
    return out


async def test_three_verifiers_say_removed_and_not_missing(clinic: Clinic, tmp_path: Path) -> None:
    """A bundle of afterwards is whole to all three, says by which entry, and holds neither the file nor the alarm."""
    run = await ended(clinic, ONE, TWO)
    old = exported(clinic, run, tmp_path / "old.zip")
    head = clinic.entries()[-1].seq
    await removed(clinic, run)
    [disposed] = clinic.entries("evidence_disposed")
    new = exported(clinic, run, tmp_path / "new.zip")

    seen = CliRunner().invoke(main, ["verify", str(new)])
    assert (seen.exit_code, f"{disposed.seq}番の記録で、証拠のファイル2点" in seen.output) == (0, True), seen.output
    assert verify_bundle(old).report.findings == ()
    assert by_script(new, tmp_path) == 0
    assert by_page(new, tmp_path) == "whole"
    with ZipFile(new) as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]
        assert f"{disposed.seq}番の記録で、証拠のファイルが消されています" in archive.read("README.txt").decode()
    words = ["export", run, "--home", str(clinic.home.path), "-o", str(tmp_path / "until.zip"), "--until", str(head)]
    until = CliRunner().invoke(main, words)
    assert (until.exit_code, str(disposed.seq) in until.output) == (MISUSE, True)
    assert not (tmp_path / "until.zip").exists()


async def test_a_bundle_with_a_removed_file_put_back(clinic: Clinic, tmp_path: Path) -> None:
    """Whoever slips it in again is found out by the library and the script: the entry says that it is gone."""
    run = await ended(clinic, ONE)
    [name] = there(clinic)
    await removed(clinic, run)
    bundle = exported(clinic, run, tmp_path / "b.zip")
    with ZipFile(bundle, "a") as archive:
        archive.writestr(f"evidence/{name}.png", ONE)

    assert {one.kind for one in verify_bundle(bundle).report.findings} == {"evidence_back", "file_extra"}
    assert by_script(bundle, tmp_path) != 0


async def test_documents_say_removed(clinic: Clinic) -> None:
    """Also one that is made of the record as it stood before."""
    run = await ended(clinic, ONE)
    head = clinic.entries()[-1].seq
    await removed(clinic, run)

    for until in (None, head):
        assert [one.found for one in pieces(Source.of(clinic.engine, run, "ja", until))] == ["removed"]


async def test_upkeep_asks_and_a_restore_asks_again(clinic: Clinic) -> None:
    """A year after the end, in the morning's one message to the director alone; what a restored backup brought back is said."""
    await ended(clinic, ONE)
    clinic.clock.set(datetime.fromisoformat("2028-06-01T08:58:00+09:00"))
    await clinic.passes(3)
    assert "いつまで残すか決めてください" in clinic.read("director")
    assert "いつまで残すか" not in clinic.read("deputy")

    head = clinic.entries()[-1]
    made = "2028-05-01T00:00:00+00:00"
    clinic.orders(NoteRestore(FACILITY, made, head.seq, head.digest.hex()), CONSOLE)
    clinic.clock.set(datetime.fromisoformat("2028-06-02T08:58:00+09:00"))
    await clinic.passes(3)
    assert "バックアップから戻したので、前に消した写真やファイルも" in clinic.read("director")
    assert "消した写真なども戻っています" in clinic.of("director")[-2] + clinic.read("director")


async def test_nobody_else_may_and_nothing_in_a_drill(clinic: Clinic) -> None:
    """A nurse is told so; amid a drill the director's old button removes nothing."""
    run = await ended(clinic, ONE)
    await clinic.does("director", button=f"menu|retention|{run}")
    await clinic.says("director", "[消す…]")
    await clinic.does("nurse", button=f"menu|retention|{run}|remove")
    await clinic.drill()

    reason = "いまは対応中の件か訓練があるので、消せるのは終わってからです"
    assert reason in await clinic.says("director", "/retention")
    assert reason in await clinic.does("director", button=f"menu|retention|{run}")
    assert "訓練があるので、何も消していません" in await clinic.says("director", NOW)
    assert len(there(clinic)) == 1
    assert clinic.entries("evidence_disposed") == []


@pytest.mark.parametrize("runs_already", [False, True])
async def test_by_the_command_line(clinic: Clinic, runs_already: bool) -> None:
    """It is listed, kept, removed once; where the bot runs, that erases the files."""
    run, home = await ended(clinic, ONE), str(clinic.home.path)

    def runs(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["retention", *words, "--home", home])
        return done.exit_code, done.output

    assert f"{run}" in runs()[1]
    assert runs("keep", run, "--years", "3")[0] == 0
    assert "もうその日まで残す" in runs("keep", run, "--years", "3")[1]
    assert runs("remove", run)[0] == PROBLEMS
    with locked(clinic.home.path / "running.lock" if runs_already else clinic.home.path / "other.lock"):
        done = await asyncio.to_thread(runs, "remove", run, "--yes")
    assert done[0] == 0, done[1]
    assert "バックアップ" in done[1]
    assert len(there(clinic)) == runs_already
    assert runs("remove", run, "--yes")[0] == runs("remove", "incident-9", "--yes")[0] == PROBLEMS
    clinic.engine.refresh()
    await clinic.passes(1)
    assert there(clinic) == []
    assert "消しました" in clinic.read("director")


async def test_a_year_more_is_never_less(clinic: Clinic) -> None:
    """Tapped twice it is two years: the second is counted from where the first ends."""
    run = await ended(clinic, ONE)
    for _ in range(2):
        await clinic.does("director", button=f"menu|retention|{run}|keep|1")
    told = [e.body for e in clinic.entries("retention_extended")]

    assert ["2028-04-01" in told[0], "2029-04-01" in told[1]] == [True, True]
