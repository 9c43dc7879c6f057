"""Looking through what people wrote: in a file, or entry by entry where a person sits there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.bundle.redaction import View
from bot.bundle.snapshot import take
from bot.bundle.table import shipped_table
from bot.bundle.verification import verify_bundle
from bot.command_line.looking import Looking
from flows.commands.people import Write
from flows.state.run import Looked
from tests.bot.command_line.prompt import Prompt
from tests.bundles import made, small_home, unpacked
from tests.clinic import Clinic


@pytest.fixture
def there(prompt: Prompt, tmp_path: Path) -> Iterator[Clinic]:
    """The small home at the prompt's place: five texts that the police may have once somebody has looked at them."""
    clinic = small_home(tmp_path)
    prompt.home = clinic.home.path
    yield clinic
    clinic.home.close()


def exports(prompt: Prompt, folder: Path, *more: object) -> tuple[object, ...]:
    """Give the words of an export for the police with a file of decisions."""
    return ("export", "incident-1", "--home", prompt.home, "-o", folder / "a.zip", "--for", "police", *more)


def typed(*lines: str) -> Callable[[str], str]:
    """Type one line after another."""
    waiting = iter(lines)
    return lambda _: next(waiting)


def test_a_file_there_and_back(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """It is written; nothing goes out. Decided, it is read; what was written since stays here and joins the file."""
    file = tmp_path / "review.csv"
    first = prompt.json(*exports(prompt, tmp_path, "--review", file))
    assert first["free_texts"] == {"shown": 0, "withheld": 5, "unseen": 5}
    assert "会社に電話した" not in unpacked(tmp_path / "a.zip")["timeline.csv"].decode()

    lines = file.read_text(encoding="utf-8-sig").splitlines()
    marked = [line.replace('"","","t-', '"このまま","","t-') if "電話した" in line else line for line in lines]
    file.write_text("\r\n".join(marked), encoding="cp932")
    there.orders(Write("incident-1", "あとから来たメモ"), "nurse")
    second = prompt.json(*exports(prompt, tmp_path, "--review", file))

    assert second["free_texts"] == {"shown": 1, "withheld": 5, "unseen": 5}
    sheet = unpacked(tmp_path / "a.zip")["timeline.csv"].decode()
    assert "会社に電話した" in sheet
    assert "あとから来たメモ" not in sheet
    again = file.read_text(encoding="utf-8-sig")
    assert "あとから来たメモ" in again
    assert '"このまま"' in again
    assert prompt.json("verify", tmp_path / "a.zip")["whole"]


def test_a_file_that_cant_be_taken(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Nothing is written, the file stays as it is, and both languages say what to do."""
    file = tmp_path / "review.csv"
    file.write_bytes(b"PK\x03\x04 a workbook")
    result = prompt.runs(*exports(prompt, tmp_path, "--review", file))

    assert (result.exit_code, (tmp_path / "a.zip").exists()) == (1, False)
    assert file.read_bytes() == b"PK\x03\x04 a workbook"
    assert "CSV UTF-8" in result.stderr
    assert "記録は失われていません" in result.stderr
    assert "nothing of the record is lost" in result.stderr


def test_a_paper_has_its_own_decisions(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """A form says how much it withholds, writes the file and reads it; another paper's reader, or an altered line, is refused by name."""
    file, out = tmp_path / "police.csv", tmp_path / "memo.html"
    report = ("report", "incident-1", "police_memo", "--home", prompt.home, "--format", "html", "-o", out)
    assert "5件を伏せました（うち5件は" in prompt.runs(*report, "--review", file).stdout
    assert "画面に英語" not in out.read_text(encoding="utf-8")

    whole = file.read_text(encoding="utf-8-sig")
    file.write_text(whole.replace('"画面に英語","","",""', '"画面に英語","","このまま",""'), encoding="utf-8")
    assert "画面に英語" in whole
    second = prompt.json(*report, "--review", file)
    assert (second["recipient"], second["free_texts"]) == ("police", {"shown": 1, "withheld": 4, "unseen": 4})
    assert "画面に英語" in out.read_text(encoding="utf-8")

    as_it_was = out.read_bytes()
    file.write_text(file.read_text(encoding="utf-8-sig").replace("画面に英語", "画面に山田"), encoding="utf-8")
    refused = prompt.runs(*report, "--review", file)
    assert (refused.exit_code, out.read_bytes()) == (1, as_it_was)
    assert "「山田」のところ" in refused.stderr
    for_the_ministry = prompt.runs("report", "incident-1", "mhlw", "--home", prompt.home, "--review", file)
    assert (for_the_ministry.exit_code, "police" in for_the_ministry.stderr) == (1, True)


def test_a_paper_without_one_reader(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Decisions are for one recipient: of several one is chosen, none that it doesn't go to, and of the house's own there are none."""
    start = ("report", "incident-1")
    where = ("--home", prompt.home, "--review", tmp_path / "r.csv")
    several = prompt.runs(*start, "ransomware_form", *where)
    other = prompt.runs(*start, "mhlw", *where, "--for", "police")
    own = prompt.runs(*start, "timeline", *where)

    assert (several.exit_code, other.exit_code, own.exit_code) == (2, 2, 2)
    assert "ppc police mhlw" in several.stderr
    assert prompt.runs(*start, "ransomware_form", *where, "--for", "ppc").exit_code == 0


def test_somebody_writes_meanwhile(there: Clinic, tmp_path: Path) -> None:
    """What is written while the terminal asks is in none of it: not asked, not decided, not in what is made; and it stays whole."""
    written: list[str] = []

    def asks(text: str) -> str:
        there.orders(Write("incident-1", f"{len(written)}番目の割り込み"), "nurse")
        written.append(text)
        return ""

    bundle = made(there, tmp_path / "a.zip", decide=Looking(tmp_path / "r.csv", asks))

    assert len(written) == 5
    assert "割り込み" not in "".join(written)
    assert vars(bundle.texts) == {"shown": 5, "withheld": 0, "unseen": 0}
    assert "割り込み" not in b"".join(unpacked(bundle.path).values()).decode("utf-8", "replace")
    assert verify_bundle(bundle.path).report.findings == ()


def test_for_people(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Without a file it is said how much is withheld and how to look through it; for the house there is nothing to look at."""
    told = prompt.runs(*exports(prompt, tmp_path)).stdout
    own = prompt.runs(
        "export", "incident-1", "--home", prompt.home, "-o", tmp_path / "b.zip", "--review", tmp_path / "r"
    )

    assert "5 withheld" in told
    assert "--review" in told
    assert own.exit_code == 2


def test_entry_by_entry(there: Clinic, tmp_path: Path) -> None:
    """Each is shown with what stands out; enough is enough, and what was decided until then is kept in the file."""
    snapshot = take(there.home.path, "incident-1", None, lambda _: None)
    view = View(shipped_table(), "police", "incident-1", "ja")
    shown: list[str] = []
    answers = typed("", "なに", "2", "患者の名前", "q")

    def asks(text: str) -> str:
        shown.append(text)
        return answers(text)

    decided = Looking(tmp_path / "r.csv", asks)(snapshot, view)

    assert list(decided.values()) == [Looked(keep=True), Looked(keep=False, reason="患者の名前")]
    assert "1／5" in shown[0]
    assert "画面に英語" in shown[0]
    assert Looking(tmp_path / "r.csv")(snapshot, view) == decided


def test_whoever_is_interrupted_loses_nothing(there: Clinic, tmp_path: Path) -> None:
    """What was decided before stands in the file."""
    snapshot = take(there.home.path, "incident-1", None, lambda _: None)
    view = View(shipped_table(), "police", "incident-1", "ja")
    answers = iter([""])

    def asks(_: str) -> str:
        for answer in answers:
            return answer
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Looking(tmp_path / "r.csv", asks)(snapshot, view)

    assert list(Looking(tmp_path / "r.csv")(snapshot, view).values()) == [Looked(keep=True)]
