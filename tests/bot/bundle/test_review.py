"""The review file: what people wrote, a line an entry, to be decided on in any spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from bot.bundle.contents import as_the_run_says
from bot.bundle.redaction import View
from bot.bundle.review import Review, ReviewFault
from bot.bundle.snapshot import take
from bot.bundle.table import shipped_table
from bot.bundle.verification import verify_bundle
from flows.commands.papers import LookAtTexts
from flows.commands.people import Correct, Report, Write
from flows.events.telling import NoteTaken
from flows.record import codec
from flows.record.journal import Draft
from flows.state.run import Looked
from tests.bundles import made, unpacked
from tests.clinic import Clinic

KEEP, HIDE = Looked(keep=True), Looked(keep=False, reason="患者の名前")


def review_of(clinic: Clinic, recipient: str = "police", run: str = "incident-1") -> Review:
    """Gather what there is to look at."""
    return Review.of(take(clinic.home.path, run, None, lambda _: None), View(shipped_table(), recipient, run, "ja"))


def table(content: bytes) -> list[list[str]]:
    """Read a file as a spreadsheet does."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def saved(rows: list[list[str]], encoding: str = "utf-8-sig", end: str = "\r\n", between: str = ",") -> bytes:
    """Save a table as a spreadsheet does."""
    out = io.StringIO()
    csv.writer(out, lineterminator=end, delimiter=between, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def decided(review: Review, *words: str) -> list[list[str]]:
    """Give the file's table with decisions written into its lines, one after another."""
    rows = table(review.write({}))
    for row, word in zip(rows[3:], words, strict=False):
        row[6] = word
    return rows


def told(review: Review, content: bytes) -> str:
    """Give what is said of a file that can't be taken."""
    with pytest.raises(ReviewFault) as fault:
        review.read(content)
    return " ".join(problem.ja for problem in fault.value.problems)


def test_what_there_is_to_look_at(small: Clinic) -> None:
    """The words as they stand, in what they were written, and what seems to name somebody; nothing of another run."""
    rows = table(review_of(small).write({}))

    assert rows[0][:3] == ["tomoshibi review 1", "incident-1", "police"]
    assert [row[4] for row in rows[3:]] == [
        "画面に英語",
        "9:10 =会社に電話した",
        "screen.png／赤い画面",
        "まちがい",
        "あとから書いたこと",
    ]
    assert [row[3] for row in rows[3:5]] == ["最初の報告", "メモ"]
    assert all(row[6] == row[7] == "" for row in rows[3:])


@pytest.mark.parametrize(
    ("encoding", "end", "between"),
    [
        *[("utf-8-sig", "\r\n", ","), ("utf-8", "\n", ","), ("cp932", "\r\n", ","), ("utf-16", "\r\n", "\t")],
        *[("utf-8-sig", "\r", ","), ("utf-8-sig", "\r\n", ";")],
    ],
)
def test_however_it_is_saved(small: Clinic, encoding: str, end: str, between: str) -> None:
    """As Excel, Numbers and editors save it: the same decisions."""
    review = review_of(small)
    rows = decided(review, "このまま", " 伏せる（患者の名前） ", "keep", "［withhold］".strip("［］"))

    read = review.read(saved(rows, encoding, end, between))

    assert list(read.values()) == [KEEP, HIDE, KEEP, Looked(keep=False), None]


def test_what_was_written_is_read_again(small: Clinic) -> None:
    """Decisions, reasons and lines without any, whatever language the file is in."""
    review = review_of(small)
    turns = [text.turn for text in review.texts]
    looked = {turns[0]: KEEP, turns[1]: HIDE}

    assert review.read(review.write(looked)) == {**dict.fromkeys(turns), **looked}
    english = Review(review.snapshot, View(shipped_table(), "police", "incident-1", "en"), review.texts)
    assert english.read(review.write(looked)) == review.read(english.write(looked))


def test_a_line_that_is_gone(small: Clinic) -> None:
    """Is not decided, and no mistake; nor is an empty line, or one of an entry after the last that is exported."""
    review = review_of(small)
    rows = decided(review, *["このまま"] * 5)
    later = [*rows[4][:]]
    later[0], later[8] = "9999", "t-000000000000"

    assert len(review.read(saved([*rows[:4], [], later]))) == 1


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda rows: rows[3].__setitem__(6, "たぶん"), "「たぶん」"),
        (lambda rows: rows[3].__setitem__(8, "t-123"), "どれとも合いません"),
        (lambda rows: rows[3].__setitem__(4, "画面に日本語"), "番の言葉が、記録と変わっています（「日本語」のところ）"),
        (lambda rows: rows.append([*rows[3][:6], "伏せる", "", rows[3][8]]), "4行目と違います"),
        (lambda rows: rows[2].__setitem__(6, "けってい"), "「決定」の列がありません"),
        (lambda rows: rows.pop(2), "見出しの行"),
        (lambda rows: rows.pop(0), "1行目がありません"),
        (lambda rows: rows[0].__setitem__(1, "incident-2"), "incident-2"),
        (lambda rows: rows[0].__setitem__(2, "ppc"), "ppc"),
        (lambda rows: rows.clear(), "1行目がありません"),
    ],
)
def test_what_was_edited_wrongly(small: Clinic, spoil: object, says: str) -> None:
    """Is said with its line and what to do, and nothing is taken of it."""
    review = review_of(small)
    rows = decided(review, "このまま")
    spoil(rows)  # type: ignore[operator]

    assert says in told(review, saved(rows))


@pytest.mark.parametrize(
    ("content", "says"), [(b"PK\3\4", "Excel ブック"), (b"\xff\xff\x81", "文字として読めません"), (b'"a', "引用符")]
)
def test_what_is_no_table(small: Clinic, content: bytes, says: str) -> None:
    """A workbook, a picture, a quotation mark too few: each is called by its name."""
    assert says in told(review_of(small), content)


def test_a_file_of_another_home(small: Clinic, clinic: Clinic) -> None:
    """Fits no entry, though its run is called the same."""
    clinic.orders(Report("", "画面に英語"), "reception")

    assert "別の施設" in told(review_of(clinic), review_of(small).write({}))


def test_nothing_goes_out_unseen(clinic: Clinic, tmp_path: Path) -> None:
    """To no recipient but the house: neither what was reported, nor a note, nor what corrects it, in any file; still whole."""
    clinic.orders(Report("", "山田花子さんの紙をなくした"), "reception")
    clinic.orders(Write("incident-1", "電話は090-1234-5678"), "nurse")
    clinic.orders(Correct("incident-1", clinic.run("incident-1").turns, text="電話は080-1234-5678"), "nurse")
    for recipient in ("ppc", "police", "mhlw", "health_centre", "insurer"):
        bundle = made(clinic, tmp_path / f"{recipient}.zip", recipient, decide=as_the_run_says)
        everything = b"".join(unpacked(bundle.path).values()).decode("utf-8", "replace")

        assert not any(word in everything for word in ("山田", "090-1234", "080-1234"))
        assert (bundle.texts.shown, bundle.texts.withheld) == (0, bundle.texts.unseen)
        assert bundle.texts.unseen > 0
        assert verify_bundle(bundle.path).report.findings == ()
    own = b"".join(unpacked(made(clinic, tmp_path / "own.zip", "internal", decide=as_the_run_says).path).values())
    assert "山田".encode() in own


def test_what_was_decided_is_bound_to_what_was_seen(clinic: Clinic, tmp_path: Path) -> None:
    """What was looked at goes out, what was withheld says why, and what is written later stays here; all of it verifies."""
    clinic.orders(Report("", "画面に英語"), "reception")
    clinic.orders(Write("incident-1", "黄色い鳥を見た"), "nurse")
    note = clinic.run("incident-1").turns
    clinic.orders(LookAtTexts("incident-1", (1,), keep=True), "director")
    clinic.orders(LookAtTexts("incident-1", (note,), keep=False, reason="names"), "director")
    clinic.orders(Correct("incident-1", 1, text="画面に山田さんの名前"), "reception")
    bundle = made(clinic, tmp_path / "a.zip", decide=as_the_run_says)
    sheet = unpacked(bundle.path)["timeline.csv"].decode()

    assert "画面に英語" in sheet
    assert "［非開示: 人や施設の名前があるため］" in sheet
    assert "黄色い鳥" not in sheet
    assert "山田さん" not in sheet
    assert vars(bundle.texts) == {"shown": 1, "withheld": 2, "unseen": 1}
    assert verify_bundle(bundle.path).report.findings == ()


def test_a_thousand_texts(clinic: Clinic) -> None:
    """Are written, decided and read in a few seconds."""
    clinic.orders(Report("", "画面に英語"), "reception")
    notes = [codec.encode(NoteTaken(f"{number}番目の端末を見た。田中さんに電話")) for number in range(1000)]
    with clinic.home.journal.writing() as writing:
        drafts = [Draft("incident-1", *note, clinic.id("nurse"), clinic.clock.now()) for note in notes]
        writing.append(drafts, cause="test:notes", recorded_at=clinic.clock.now())
    review = review_of(clinic)
    kept = review.read(review.write({text.turn: KEEP for text in review.texts}))

    assert len(kept) == 1001
    assert set(kept.values()) == {KEEP}
