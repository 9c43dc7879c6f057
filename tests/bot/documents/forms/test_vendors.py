"""The request to a vendor."""

from __future__ import annotations

from bot.documents.forms.vendors import vendor_request
from bot.documents.source import Source
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


async def test_what_a_vendor_hears(clinic: Clinic, begun: Run) -> None:
    """What to do, keep and tell; what was seen, but nothing of patients."""
    learns(clinic, begun, persons="1200", machines_affected="3")
    form = vendor_request(source_of(clinic, begun.id))
    said = "\n".join(f.text for s in form.sections for f in s.fields)

    assert "遠隔保守の回線すべての切断" in said
    assert "3台" in said
    assert "1,200" not in said
    assert form.field("最後に正常だったバックアップの日時").state == "by_hand"


def test_what_was_pulled_is_said_only_while_it_is_out(whole: Source) -> None:
    """After the lines were put back the form doesn't claim that they are cut."""
    cut = next(e.turn for e in whole.entries if "cut_others" in e.body and e.kind == "line_settled")

    assert "LANケーブルを抜去" in vendor_request(whole.as_of(cut)).field("現在の処置").text
    assert vendor_request(whole).field("現在の処置").state == "by_hand"


async def test_of_a_failure_no_line_is_asked_to_be_cut(clinic: Clinic, begun: Run) -> None:
    """It is mended over that line; what is asked is what caused it and until when it lasts. Whatever may be an attack is one."""
    said = []
    for nature in ("failure", "unknown"):
        learns(clinic, begun, nature=nature)
        form = vendor_request(source_of(clinic, begun.id))
        said.append("\n".join(f"{f.label} {f.text}" for s in form.sections for f in s.fields))

    assert "すべての切断" not in said[0]
    assert "侵入経路" not in said[0]
    assert "復旧の見込みの日時" in said[0]
    assert "すべての切断" in said[1]
    assert "侵入経路の見立て" in said[1]


async def test_of_a_leak_logs_and_accounts_are_asked_after(clinic: Clinic, begun: Run) -> None:
    """What somebody carried out did not come through a vendor's line; but a vendor who may have been attacked cuts theirs."""
    said = []
    for attacked in ("no", "unknown"):
        learns(clinic, begun, nature="leak", vendor_attacked=attacked)
        form = vendor_request(source_of(clinic, begun.id))
        said.append("\n".join(f"{f.label} {f.text}" for s in form.sections for f in s.fields))

    assert "すべての切断" not in said[0]
    assert "アカウント・端末からの接続の停止" in said[0]
    assert "情報を見た者" in said[0]
    assert "対象のアカウント・端末" in said[0]
    assert "異常のある機器" not in said[0]
    assert "すべての切断" in said[1]
