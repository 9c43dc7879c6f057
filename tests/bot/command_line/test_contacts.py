"""``contacts``: Excel in, Excel out, the list and the chart."""

from __future__ import annotations

import json
import stat
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bot.command_line.prompt import Prompt
from tests.contacts.book import Book


@pytest.fixture
def there(prompt: Prompt) -> Prompt:
    """A home that was just made."""
    prompt.makes_home()
    return prompt


def saved(book: Book, folder: Path) -> Path:
    """Save a workbook."""
    path = folder / "filled.xlsx"
    path.write_bytes(book.bytes())
    return path


def filled(number: str = "03-1234-5678") -> Book:
    """Fill a template with a vendor."""
    book = Book.template()
    book.add("連絡先", {"区分": "事業者", "用件": "電子カルテ", "名前": "カルテ\n社", "電話番号": number})
    return book


def test_a_template_for_everybody(prompt: Prompt, tmp_path: Path) -> None:
    """Written where one says, for its owner's eyes; an old file is not overwritten without a word."""
    path = tmp_path / "new.xlsx"
    assert prompt.runs("contacts", "template", "-o", path).exit_code == 0
    assert "スタッフ" in load_workbook(BytesIO(path.read_bytes())).sheetnames
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    path.write_text("mine")
    assert prompt.runs("contacts", "template", "-o", path, stdin="n\n").exit_code == 1
    assert path.read_text() == "mine"
    assert prompt.runs("contacts", "template", "-o", path, "--yes").exit_code == 0
    assert path.read_bytes().startswith(b"PK")


def test_where_nothing_can_be_written(prompt: Prompt, tmp_path: Path) -> None:
    """A sentence and exit 1."""
    result = prompt.runs("contacts", "template", "-o", tmp_path / "no" / "such" / "folder.xlsx")

    assert result.exit_code == 1
    assert "書き込めません" in result.stderr


def test_an_import_asks_first(there: Prompt, tmp_path: Path) -> None:
    """It shows what would change; no is no, yes is yes, and the second time there is nothing to do."""
    path = saved(filled(), tmp_path)
    words = ("contacts", "import", path, "--home", there.home)

    no = there.runs(*words, stdin="n\n")
    assert "＋ 連絡先: カルテ 社" in no.stdout
    assert no.exit_code == 1
    assert "カルテ" not in there.runs("contacts", "list", "--home", there.home).stdout

    assert there.runs(*words, stdin="y\n").exit_code == 0
    assert "03-1234-5678" in there.runs("contacts", "list", "--home", there.home).stdout
    assert "Nothing would change" in there.runs(*words, "--yes").stdout


def test_an_import_for_scripts(there: Prompt, tmp_path: Path) -> None:
    """Changes only with --yes; the changes by kind, key, how, name and fields."""
    path = saved(filled(), tmp_path)
    words = ("contacts", "import", path, "--home", there.home)

    looked, done = there.json(*words), there.json(*words, "--yes")
    assert (looked["applied"], done["applied"]) == (False, True)
    assert looked["changes"] == done["changes"]
    (change,) = done["changes"]
    assert change == {
        "kind": "contact",
        "key": change["key"],
        "how": "added",
        "name": "カルテ\n社",
        "fields": ["kind", "name", "number", "services"],
    }
    assert there.json(*words, "--yes")["changes"] == []


def test_mistakes_change_nothing(there: Prompt, tmp_path: Path) -> None:
    """Exit 1, each with sheet, row and column in both languages; nothing of the file goes in."""
    book = filled("03-ABCD")
    book.add("スタッフ", {"氏名": "新人"})
    path = saved(book, tmp_path)
    before = there.runs("contacts", "list", "--home", there.home).stdout

    result = there.runs("contacts", "import", path, "--home", there.home, "--yes")
    assert result.exit_code == 1
    assert "「連絡先」シート 4行目 「電話番号」" in result.stdout
    assert "column '電話番号'" in result.stdout
    found = there.json("contacts", "import", path, "--home", there.home, "--yes", code=1)
    assert [(m["sheet"], m["row"], m["column"]) for m in found["mistakes"]] == [("連絡先", 4, "電話番号")]
    assert found["applied"] is False
    assert there.runs("contacts", "list", "--home", there.home).stdout == before


def test_a_csv_by_the_name_of_a_workbook(there: Prompt, tmp_path: Path) -> None:
    """Is told; a file that is not there is misuse."""
    path = tmp_path / "staff.xlsx"
    path.write_text("氏名,役割\n")

    assert "CSV" in there.runs("contacts", "import", path, "--home", there.home).stdout
    assert there.runs("contacts", "import", tmp_path / "none.xlsx", "--home", there.home).exit_code == 2


def test_hundreds_of_mistakes_fit_on_a_screen(there: Prompt, tmp_path: Path) -> None:
    """The first fifty, and how many more."""
    book = Book.template()
    for n in range(60):
        book.add("スタッフ", {"氏名": f"人{n}", "役割": "庭師"})
    result = there.runs("contacts", "import", saved(book, tmp_path), "--home", there.home)

    assert result.stdout.count("✗") == 50
    assert "and 10 more" in result.stdout


def test_out_and_in_again(there: Prompt, tmp_path: Path) -> None:
    """An export that comes back changes nothing."""
    there.runs("contacts", "import", saved(filled(), tmp_path), "--home", there.home, "--yes")
    path = tmp_path / "out.xlsx"
    assert there.runs("contacts", "export", "-o", path, "--home", there.home).exit_code == 0

    assert there.json("contacts", "import", path, "--home", there.home, "--yes")["changes"] == []


def test_the_list(there: Prompt) -> None:
    """By sheet for people, by kind for scripts; no empty weekday takes a line."""
    out = there.runs("contacts", "list", "--home", there.home).stdout
    found = there.json("contacts", "list", "--home", there.home)

    assert "■ スタッフ\n  高橋" in out
    assert "開いている時間" not in out
    assert [m["name"] for m in found["member"]] == ["高橋"]
    assert {c["number"] for c in found["contact"]} == {"110", "119", "#9110", "0120-179-066"}


def test_the_chart(there: Prompt) -> None:
    """Markdown or HTML, in either language."""
    assert there.runs("contacts", "chart", "--home", there.home).stdout.startswith("# あかり診療所 連絡体制図")
    page = there.runs("contacts", "chart", "--home", there.home, "--format", "html", "--language", "en").stdout
    assert page.startswith("<!doctype html>")
    assert "Contact chart" in page
    assert json.dumps(page)
