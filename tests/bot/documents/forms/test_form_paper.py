"""Forms as documents."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.documents.forms.form_paper import written
from bot.documents.forms.forms import FORMS
from bot.documents.kinds import kinds, make
from bot.documents.source import Source
from flows.commands.people import Correct
from flows.state.run import Run
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic

TYPED = "<script>x</script> | **太字** `code` [link](http://x) $1$ ::: {.card} \\newpage # 見出し 𠮷野 🚨"


def test_every_form_is_a_document() -> None:
    """Each can be asked for by its kind; the one for ransomware as a workbook too, and no other."""
    known = kinds("run")

    assert set(FORMS) <= set(known)
    assert [name for name, kind in known.items() if "xlsx" in kind.formats] == ["ransomware_form"]
    assert not any(known[name].carries_log for name in FORMS)


async def test_what_people_typed_stays_in_its_cell(clinic: Clinic, begun: Run) -> None:
    """Markup of any kind in a report is shown as it was typed, in every form that quotes it."""
    reported = next(e.turn for e in clinic.entries("reported", begun.id))
    clinic.orders(Correct(begun.id, reported, TYPED))
    source = source_of(clinic, begun.id)
    for kind in ("ppc_preliminary", "police_memo"):
        page = make(source, kind, "html").decode()

        assert "<script>x" not in page
        assert "&lt;script&gt;x&lt;/script&gt; | **太字** `code` [link](http://x) $1$ ::: {.card}" in page
        assert "𠮷野 🚨" in page


@pytest.mark.parametrize("kind", ["patient_notice", "my_number_notice", "vendor_request"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_others_see_nothing_of_the_record(whole: Source, kind: str, form: str) -> None:
    """No run, no entry, no seal and no member's id stands on what patients and vendors get."""
    page = make(whole, kind, form).decode()  # type: ignore[arg-type]

    assert whole.run_id not in page
    assert "記録番号" not in page
    assert "SHA-256" not in page
    assert whole.seal is None or whole.seal.digest.hex()[:16] not in page


def test_what_is_open_and_what_is_traced_show(whole: Source) -> None:
    """調査中 stands where nobody knows, the entries stand on the right, a draft says so."""
    page = written("ppc_final", whole).markdown
    counted = [entry.seq for entry in whole.entries if "persons" in entry.body and "12" in entry.body]

    assert "| 高度な暗号化等の措置 | **調査中**" in page
    assert "| 本人の数 | " in page
    assert any(f"最大 12人 | {seq} |" in page for seq in counted)
    assert "【下書き】" in page.replace("\\", "")


def test_the_form_can_be_taken_out(whole: Source) -> None:
    """The ransomware form comes as a workbook, its title on top."""
    rows = list(
        load_workbook(BytesIO(make(whole, "ransomware_form", "xlsx"))).worksheets[0].iter_rows(values_only=True)
    )

    assert "ランサムウェア事案" in str(rows[0][0])
    assert len(rows) > 60


@pytest.mark.parametrize("kind", ["ppc_preliminary", "patient_notice"])
def test_the_same_source_gives_the_same_pdf(whole: Source, kind: str) -> None:
    """A form made again is the same, byte by byte."""
    assert make(whole, kind, "pdf") == make(whole, kind, "pdf")


async def test_a_blank_where_words_were_not_looked_at(clinic: Clinic, begun: Run) -> None:
    """Stands in the paper as such, with a line to write on, and none of the words in any form that goes to others."""
    clinic.orders(Correct(begun.id, 1, text="山田花子さんの画面に英語"), "reception")
    source = Source.of(clinic.engine, begun.id, "ja")
    pages = {kind: make(source, kind).decode() for kind in FORMS}

    assert not any("山田" in page for page in pages.values())
    assert all("［未確認の記載があります］ []{.fill}" in pages[kind] for kind in ("ppc_preliminary", "police_memo"))
