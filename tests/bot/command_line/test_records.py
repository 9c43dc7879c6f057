"""``runs`` and ``verify``: what happened, and the proof that nothing was altered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.opening import open_home
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from flows.commands.people import CallOff, Report
from flows.record.lines import line_of
from tests.bot.command_line.prompt import Prompt
from tests.bundles import made
from tests.clinic import Clinic, open_clinic
from tests.journals import forge


@pytest.fixture
def there(prompt: Prompt, tmp_path: Path) -> Iterator[Clinic]:
    """A home with an incident of two entries and a drill, at the prompt's place."""
    clinic = open_clinic(tmp_path)
    prompt.home = clinic.home.path
    clinic.orders(Report("", "画面に\x1b[31m英語"), "reception")
    clinic.orders(CallOff("incident-1", "まちがい"), "reception")
    clinic.orders(Report("", "訓練です", mode="drill", playbook="ransomware"), "nurse")
    yield clinic
    clinic.home.close()


def flip(home: Path) -> None:
    """Change one byte of one entry's body on disk."""
    forge(
        home / JOURNAL_FILE, "UPDATE journal SET body = replace(body, 'まちがい', 'まちがえ') WHERE run = 'incident-1'"
    )


def test_runs_for_scripts(prompt: Prompt, there: Clinic) -> None:
    """The oldest first: id, mode, state, playbook, title, both times and the number of entries."""
    incident, drill = prompt.json("runs", "list", "--home", prompt.home)

    assert incident == {
        "id": "incident-1",
        "mode": "incident",
        "state": "false_alarm",
        "playbook": None,
        "title": "画面に\x1b[31m英語",
        "reported_at": "2027-03-31T23:50:00+00:00",
        "ended_at": "2027-03-31T23:50:00+00:00",
        "entries": there.run("incident-1").turns,
    }
    assert (drill["id"], drill["mode"], drill["playbook"], drill["ended_at"]) == (
        "drill-1",
        "drill",
        "ransomware",
        None,
    )


def test_runs_for_people(prompt: Prompt, there: Clinic) -> None:
    """One line each; what somebody typed moves no cursor."""
    out = prompt.runs("runs", "list", "--home", prompt.home).stdout

    assert len(out.splitlines()) == 2
    assert "画面に�[31m英語" in out
    assert there.run().id in out


def test_no_runs_yet(prompt: Prompt) -> None:
    """A sentence for people, an empty list for scripts."""
    prompt.makes_home()

    assert "nothing yet" in prompt.runs("runs", "list", "--home", prompt.home).stdout
    assert prompt.json("runs", "list", "--home", prompt.home) == []


def test_the_timeline_for_scripts(prompt: Prompt, there: Clinic) -> None:
    """The run and every entry: number, both times, who, kind, words, correction, digest."""
    shown = prompt.json("runs", "show", "incident-1", "--home", prompt.home)
    entries = there.entries(run="incident-1")

    assert shown["state"] == "false_alarm"
    assert [(e["seq"], e["kind"], e["digest"]) for e in shown["timeline"]] == [
        (e.seq, e.kind, e.digest.hex()) for e in entries
    ]
    assert all(
        e.keys() == {"seq", "turn", "occurred_at", "recorded_at", "who", "kind", "what", "corrected", "digest"}
        for e in shown["timeline"]
    )


def test_the_timeline_for_people(prompt: Prompt, there: Clinic) -> None:
    """In the facility's time and language, or the one asked for; a drill says so first; no control signs get through."""
    out = prompt.runs("runs", "show", "drill-1", "--home", prompt.home).stdout
    assert out.startswith("【訓練】ランサムウェア")
    assert "04-01 08:50" in out

    out = prompt.runs("runs", "show", "incident-1", "--home", prompt.home, "--language", "en").stdout
    assert "\x1b" not in out
    assert "画面に�[31m英語" in out.splitlines()[0]
    assert "(Reception)" in out
    assert there.run().id == "drill-1"


def test_a_run_that_there_is_not(prompt: Prompt, there: Clinic) -> None:
    """Exit 1, and where the list is."""
    result = prompt.runs("runs", "show", f"{there.run().id}9", "--home", prompt.home)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "tomoshibi runs list" in result.stderr


def test_an_untouched_home_verifies(prompt: Prompt, there: Clinic) -> None:
    """Exit 0, with how much was looked at and the head; also while the bot has it open."""
    report = prompt.json("verify", prompt.home)
    head = there.home.journal.head()

    assert report == {
        "whole": True,
        "entries": head.seq,
        "seals": 0,
        "evidence": 0,
        "people_since": 2,
        "erased": [],
        "head": {"seq": head.seq, "digest": head.digest.hex()},
        "time_stamps": [],
        "removed": [],
        "findings": [],
        "earlier": [],
    }
    assert "nothing was altered" in prompt.runs("verify", prompt.home).stdout


def test_one_flipped_byte(prompt: Prompt, there: Clinic) -> None:
    """Exit 3, and the very entry is named, for people and for scripts; nothing is set aside by looking."""
    there.home.close()
    flip(prompt.home)
    bad = next(e.seq for e in there.entries("false_alarm"))
    there.home.close()

    report = prompt.json("verify", prompt.home, code=3)
    assert report["whole"] is False
    assert bad in {f["seq"] for f in report["findings"]}
    result = prompt.runs("verify", prompt.home)
    assert result.exit_code == 3
    assert f"✗ {bad}番の記録: " in result.stdout
    assert f"entry {bad}: " in result.stdout
    assert not (prompt.home / "set-aside").exists()


def test_an_export_verifies_too(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Line by line; a changed sign and a missing line are found."""
    lines = [line_of(e) for e in there.entries()]
    path = tmp_path / "journal.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert prompt.json("verify", path)["entries"] == len(lines)

    for bad in ([*lines[:3], *lines[4:]], [lines[0].replace("made", "nade", 1), *lines[1:]]):
        path.write_text("".join(f"{line}\n" for line in bad), encoding="utf-8")
        assert prompt.runs("verify", path).exit_code == 3


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_what_is_none_of_it(prompt: Prompt, tmp_path: Path, json_too: tuple[str, ...]) -> None:
    """What somebody named by mistake is misuse, and is told as what it is: nobody reads there that it was altered."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "kept").write_bytes(b"tomoshibi backup 1\n{}")
    (tmp_path / "letter.txt").write_text("拝啓", encoding="utf-8")
    prompt.makes_home()
    said: dict[str | Path, str] = {
        "nowhere": "does not exist",
        "empty": "記録のフォルダーではありません",
        "kept": "tomoshibi restore",
        "letter.txt": "journal.jsonl でもありません",
        prompt.home / JOURNAL_FILE: f"tomoshibi verify {prompt.home}",
    }
    told = {name: prompt.runs("verify", tmp_path / name, *json_too) for name in said}

    assert {result.exit_code for result in told.values()} == {2}
    assert [name for name, words in said.items() if words not in told[name].stderr] == []
    assert [name for name, result in told.items() if "altered" in result.output] == []


def test_what_is_damaged_or_came_in_part(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Half a ZIP, pages of noise, a folder without its record: exit 3, and each is called what it is."""
    whole = made(there, tmp_path / "a.zip").path.read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    there.home.close()
    raw = bytearray((prompt.home / JOURNAL_FILE).read_bytes())
    raw[4096 * 3 :] = bytes(len(raw) - 4096 * 3)
    (prompt.home / JOURNAL_FILE).write_bytes(raw)
    half, noise = prompt.runs("verify", tmp_path / "half.zip"), prompt.runs("verify", prompt.home)
    (prompt.home / JOURNAL_FILE).unlink()
    gone = prompt.runs("verify", prompt.home)

    assert (half.exit_code, noise.exit_code, gone.exit_code) == (3, 3, 3)
    assert "途中で切れたか、壊れたファイルです" in half.stdout
    assert "データベース）が壊れています" in noise.stdout
    assert "記録のファイルがありません" in gone.stdout
    assert "書き換えの跡" not in half.stdout + noise.stdout + gone.stdout


def test_a_name_that_was_changed_is_named(prompt: Prompt, there: Clinic) -> None:
    """Whoever reads Japanese is told whose row it is in Japanese, by the name that stands there now."""
    there.home.close()
    forge(
        prompt.home / JOURNAL_FILE,
        "UPDATE registry SET value = replace(value, '佐藤', '田辺') WHERE kind = 'member'",
    )
    SqliteJournal(prompt.home / JOURNAL_FILE).close()
    said = prompt.runs("verify", prompt.home).stdout

    assert "名簿（人・連絡先）の行が、記録と合いません（名前・役割: 田辺）" in said
    assert "(name or role: 田辺)" in said


def contents(home: Path) -> dict[str, bytes]:
    """Give every file of a home with its bytes."""
    return {str(path): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}


DAMAGE: dict[str, Callable[[Path], object]] = {
    "altered": flip,
    "unguarded": lambda home: forge(home / JOURNAL_FILE),
    "malformed": lambda home: (home / JOURNAL_FILE).write_bytes((home / JOURNAL_FILE).read_bytes()[:9000]),
    "noise": lambda home: (home / JOURNAL_FILE).write_bytes(b"nothing of the kind" * 1000),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_home_is_left_alone(prompt: Prompt, there: Clinic, tmp_path: Path, damage: str) -> None:
    """Whatever only looks, or backs up, says so with exit 3 and changes not a byte: the traces belong to whoever comes to look."""
    there.home.close()
    DAMAGE[damage](prompt.home)
    before = contents(prompt.home)
    asked: dict[str, tuple[object, ...]] = {
        "verify": ("verify", prompt.home),
        "check": ("check", "--home", prompt.home),
        "backup": ("backup", "--home", prompt.home, "--to", tmp_path),
        "list": ("runs", "list", "--home", prompt.home),
        "show": ("runs", "show", "incident-1", "--home", prompt.home),
        "report": ("report", "incident-1", "timeline", "--home", prompt.home, "-o", tmp_path / "t.html"),
        "drills": ("drills", "list", "--home", prompt.home),
        "invite": ("invite", "--home", prompt.home, "--role", "staff", "--name", "山本"),
        "export": ("export", "incident-1", "--all", "--home", prompt.home, "-o", tmp_path / "a.zip"),
    }
    ended = {name: prompt.runs(*words) for name, words in asked.items()}

    assert contents(prompt.home) == before
    assert {name: result.exit_code for name, result in ended.items()} == dict.fromkeys(asked, 3)


def test_a_record_that_was_set_aside_stays_told(prompt: Prompt, there: Clinic) -> None:
    """The bot itself sets it aside and goes on with the open runs; the new record is whole, and verify names the break, exit 1."""
    there.home.close()
    flip(prompt.home)
    open_home(prompt.home, there.clock.now()).close()
    found = prompt.json("runs", "list", "--home", prompt.home)
    report = prompt.json("verify", prompt.home, code=1)
    said = prompt.runs("verify", prompt.home).stdout

    assert [run["id"] for run in found] == ["drill-1"]
    assert (report["whole"], [(f["kind"], f["seq"]) for f in report["earlier"]]) == (True, [("set_aside", 1)])
    assert len(list((prompt.home / "set-aside").iterdir())) == 1
    assert "前の記録に書き換えや壊れが見つかり" in said


def test_a_file_that_nobody_sent(prompt: Prompt, there: Clinic) -> None:
    """What was laid among the evidence is told, also under a name that looks right; what is being brought is not."""
    folder = there.home.evidence / "ab"
    folder.mkdir(parents=True)
    (folder / "note.txt").write_text("x")
    (folder / f"{sha256(b'y').hexdigest()}").write_bytes(b"y")
    (folder / "coming.part").write_text("z")
    report = prompt.json("verify", prompt.home, code=3)

    assert [f["kind"] for f in report["findings"]] == ["evidence_foreign"] * 2


async def test_what_a_few_may_know_of_is_not_shown_to_whoever_sits_there(prompt: Prompt, there: Clinic) -> None:
    """It is counted and not named, in no list and no error; with --all it is said, for those who agreed on it."""
    there.orders(Report("", "職員がカルテを持ち出している", playbook="insider"), "nurse")
    home = prompt.home
    told = {
        name: prompt.runs(*words, "--home", home)
        for name, words in {
            "list": ("runs", "list"),
            "show": ("runs", "show", "incident-2"),
            "report": ("report", "incident-2", "timeline"),
            "wrong": ("report", "incident-9", "timeline"),
            "export": ("export", "incident-2", "-o", prompt.home.parent / "few.zip"),
            "chat": ("chat", "--as", there.id("nurse")),
        }.items()
    }

    assert "ほかに1件" in told["list"].stderr
    assert [name for name, result in told.items() if "取り扱い" in result.output] == []
    assert [name for name in ("list", "wrong") if "incident-2" in told[name].output] == []
    assert {told[name].exit_code for name in ("show", "report", "export", "chat")} == {1}
    assert there.entries("opened_at_machine", run="incident-2") == []
    assert "情報の取り扱いの確認" in prompt.runs("runs", "show", "incident-2", "--all", "--home", home).output
    assert "incident-2" in prompt.runs("runs", "list", "--all", "--home", home).stdout
    assert prompt.runs("export", "incident-2", "--all", "-o", home.parent / "few.zip", "--home", home).exit_code == 0
    assert sorted(json.loads(e.body)["what"] for e in there.entries("opened_at_machine", run="incident-2")) == [
        "export",
        "runs show",
    ]


def test_a_seal_that_was_kept_shows_a_cut_end(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Its message, typed or in a file, names the entry that is missing from the end."""
    head = there.engine.journal.head()
    posted = f"🔏 記録の封印（7番の件）\n番号 {head.seq}\n{head.digest.hex()}\n署名 {'ab' * 64}\n転送して…"
    kept = tmp_path / "seal.txt"
    kept.write_text(posted, encoding="utf-8")
    fits = prompt.runs("verify", there.home.path, "--seal", posted).output
    assert f"{head.seq}番の封印と合っています" in fits
    assert prompt.runs("verify", there.home.path, "--seal", "なくした").exit_code == 2
    forge(there.home.path / JOURNAL_FILE, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    with SqliteJournal(there.home.path / JOURNAL_FILE):
        pass

    found = prompt.json("verify", there.home.path, "--seal", kept, code=3)["findings"]
    assert ("seal_cut", str(head.seq)) in [(f["kind"], f["detail"]) for f in found]
