"""Who reports."""

from __future__ import annotations

from bot.documents.facts.pen import Pen
from bot.documents.forms.institution import institution
from flows.state.run import Run
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic


async def test_only_what_is_registered_is_said(clinic: Clinic, begun: Run) -> None:
    """Name and director come from the registry; address and number, which it doesn't hold, are left to people."""
    fields = {f.label: f for f in institution(Pen(source_of(clinic, begun.id))).fields}

    assert fields["事業者（施設）の名称"].text == "あかり診療所（架空）"
    assert fields["代表者（院長）"].text == "高橋（院長）"
    assert {fields[name].state for name in ("所在地", "法人番号（個人は不要）", "電話番号")} == {"by_hand"}
    assert fields["事業者（施設）の名称"].statements[0].source == "登録"


async def test_the_address_is_the_registered_one_once(clinic: Clinic, begun: Run) -> None:
    """The street stands there where the facility entered it, with the prefecture once; nobody is asked to complete it then."""
    clinic.registers(prefecture="東京都", address="東京都千代田区1-2-3")
    whole = institution(Pen(source_of(clinic, begun.id))).fields[3]
    clinic.registers(prefecture="東京都", address="千代田区1-2-3")
    street = institution(Pen(source_of(clinic, begun.id))).fields[3]

    assert [whole.text, street.text] == ["東京都千代田区1-2-3"] * 2
    assert whole.note == ""
