"""The sheet for the inspection: what was held, missed, improved; nothing claimed that the records don't hold."""

from __future__ import annotations

from bot.documents.kinds import make
from bot.documents.records.inspection_sheet import inspection_sheet
from flows.commands.drilling import BeginExercise
from flows.commands.people import CallOff, Report
from flows.commands.upkeep import OpenTask
from flows.record.journal import FACILITY
from tests.bot.documents.sources import PlayedYear, source_of_year, text_of
from tests.clinic import Clinic


def test_the_year_at_a_glance(played_year: PlayedYear) -> None:
    """Each drill with people and results, what was postponed and why, improvements by state, incidents apart."""
    written = inspection_sheet(source_of_year(played_year.clinic))

    assert set(written.pictures) == {"trend_tabletop.png", "trend_quiz.png"}
    for wanted in (
        "5回（うち確定 5回）",
        "不参加: 田中さん",
        "打ち切り（患者さんが重なった）",
        "クイズの正答 75 %",
        "発熱の患者さんが多い",
        "進行中 1件、済み 0件、訓練で確かめた 1件",
        "0件（ほかに誤報 1件）。訓練は含みません。",
        "100点中",
    ):
        assert wanted in written.markdown, wanted


async def test_an_empty_year_says_so(clinic: Clinic) -> None:
    """No drill, no incident, nothing planned: each is a sentence, none an empty table."""
    said = inspection_sheet(source_of_year(clinic, 2031)).markdown

    for wanted in ("訓練の記録は、ありません", "障害・事故の記録は、ありません", "予定はまだありません"):
        assert wanted in said, wanted


async def test_a_drill_is_never_an_incident(clinic: Clinic) -> None:
    """Beside a real incident of the same story the drill counts for nothing."""
    drill = await clinic.drill()
    clinic.orders(CallOff(drill.id, "おわり"))
    incident = await clinic.incident()
    said = inspection_sheet(source_of_year(clinic)).markdown
    real = said[said.index("## 実際の障害・事故") : said.index("## 厚生労働省")]

    assert incident.id in real
    assert drill.id not in real
    assert "1件。訓練は含みません。" in real


async def test_what_only_a_few_may_know_is_counted_and_not_told(clinic: Clinic) -> None:
    """A colleague taking records is one incident of the year to whoever inspects: neither what it is nor which record."""
    clinic.orders(Report("", "職員がカルテを持ち出している", playbook="insider"), "nurse")
    said = inspection_sheet(source_of_year(clinic)).markdown

    assert "限られた人だけの件" in said
    assert clinic.run().id not in said
    assert "情報の取り扱いの確認" not in said


def test_pages_carry_no_run(played_year: PlayedYear) -> None:
    """It goes to an inspector: no seal, no log, no draft's mark, and the same bytes each time, in both languages."""
    for language, title in (("ja", "立入検査の資料"), ("en", "For the on-site inspection")):
        source = source_of_year(played_year.clinic, language=language)
        pdf = make(source, "inspection_sheet", "pdf")
        assert title in text_of(pdf)
        assert b"journal.jsonl" not in pdf
        assert "封印" not in text_of(pdf)
        assert pdf == make(source, "inspection_sheet", "pdf")


def test_nothing_later_shows(played_year: PlayedYear) -> None:
    """As of an early entry, the drills after it are not there yet."""
    seq = played_year.clinic.entries("closed")[0].seq
    said = inspection_sheet(source_of_year(played_year.clinic, until=seq)).markdown

    assert "1回（うち確定 1回）" in said
    assert "2027-11-25" not in said


async def test_what_people_type_stays_text(clinic: Clinic) -> None:
    """A reason with markup in it is printed as it was typed."""
    clinic.orders(BeginExercise("", "quiz"))
    run = clinic.run().id
    clinic.orders(CallOff(run, "a|b <script>x</script> **c**", "vendor"))
    about = {"run": run, "text": "# <img src=x> | y"}
    clinic.orders(OpenTask(FACILITY, "improvement", about, clinic.id("nurse")))
    html = make(source_of_year(clinic), "inspection_sheet", "html").decode()

    assert "<script>" not in html
    assert "a|b &lt;script&gt;x&lt;/script&gt; **c**" in html
    assert "# &lt;img src=x&gt; | y" in html
