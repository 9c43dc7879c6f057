"""The head of a record: what entries say, with their numbers; what nobody knows is never guessed."""

from __future__ import annotations

from bot.documents.facts.run_header import fields, head_rows, letters
from bot.documents.paper.markdown import BLANK
from bot.documents.source import Source
from flows.commands.people import Report
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic


def test_what_is_known_is_traced(whole: Source) -> None:
    """The leak, the persons and the cause stand with the entries that say so."""
    found = {field.label: field for field in fields(whole)}

    assert found["情報の漏えい"].text == "情報が出たおそれがある"
    assert found["関係する人の数"].text == "最大 12人"
    for label in ("情報の漏えい", "関係する人の数", "原因", "システムの状態"):
        (seq,) = found[label].entries
        assert [entry for entry in whole.entries if entry.seq == seq]
    assert found["原因"].text.startswith("事業者・専門家が確認")
    assert found["システムの状態"].text == "システムの使用を停止し、紙で運用"
    assert found["対応の責任者"].text == "田中さん（代行者） 08:53–、高橋さん（院長） 09:01–"
    assert found["状態"].text.startswith("終了（2027-04-01 ")


async def test_what_nobody_knows_is_under_investigation(clinic: Clinic) -> None:
    """An incident just reported has no number of persons and no cause; severity is the director's to write."""
    run = await clinic.incident()
    rows = {str(label): value for label, value, _ in head_rows(source_of(clinic, run.id))}

    assert [rows[label] for label in ("関係する人の数", "原因")] == ["調査中"] * 2
    assert rows["重大さの評価（院長が記入）"] == BLANK
    assert str(rows["状態"]).startswith("対応中")


async def test_no_leak_is_only_said_when_somebody_looked(clinic: Clinic) -> None:
    """An outage begins with "no leak" as its playbook's assumption; that is no finding."""
    run = clinic.orders(Report("", "電子カルテが固まった", playbook="ehr_outage"), "reception").run
    assert clinic.run(run).facts["leak"] == "none"
    assert "情報は出ていない" not in str(head_rows(source_of(clinic, run)))


def test_decisions_have_letters(whole: Source) -> None:
    """A, B, C … in the order in which they were made."""
    assert list(letters(whole.run).values()) == ["A", "B", "C", "D"]
