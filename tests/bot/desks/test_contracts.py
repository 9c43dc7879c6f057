"""Contracts in the chat: everybody reads them, those who keep the registry enter them, as they would in a workbook."""

from __future__ import annotations

from datetime import date

from contacts.model import Contract
from flows.messages.contacts import ContractShown
from flows.record.journal import Owed
from tests.clinic import Clinic
from tests.ledger import CONTRACT, LINE, VENDOR, change, enter


async def test_everybody_reads_what_was_agreed(clinic: Clinic) -> None:
    """Term, notice, number and what the vendor has to tell us of; reception can enter nothing."""
    enter(clinic)
    await clinic.says("reception", "/contacts")
    listed = await clinic.says("reception", "[契約]")
    shown = await clinic.says("reception", "[カルテ保守]")

    assert "・カルテ保守（カルテ<社>） 2028-03-31まで" in listed
    for part in (
        "03-1234-5678",
        "対象: 電子カルテ",
        "2028-03-31まで（自動更新）。申し出は 2028-01-01 まで",
        "第9条: すぐに電話",
    ):
        assert part in shown, part
    assert "[終わる日]" not in shown
    assert "契約が登録されていない会社" not in listed


async def test_one_is_entered_in_the_chat(clinic: Clinic) -> None:
    """By name, then its day, which is asked for again where it is none, notice and what was agreed; for what the vendor keeps."""
    enter(clinic)
    change(clinic, "contract", "k1", end=date(2027, 1, 1), auto_renewal=False)
    await clinic.says("director", "/contacts")
    await clinic.says("director", "[契約]")
    await clinic.says("director", "[カルテ<社>の契約を入れる]")
    await clinic.says("director", "新しい保守")
    await clinic.says("director", "[終わる日]")
    assert "もう一度" in await clinic.says("director", "そのうち")
    await clinic.says("director", "2029-03-31")
    await clinic.says("director", "[自動更新する]")
    await clinic.says("director", "[解約の予告]")
    await clinic.says("director", "60")
    await clinic.says("director", "[知らせる取り決め]")
    said = await clinic.says("director", "サーバーが止まったら、1時間以内に電話")

    made = clinic.engine.roster().contracts[-1]
    wanted = Contract(
        id=made.id,
        name="新しい保守",
        vendor=VENDOR.id,
        systems=("charts", LINE.id),
        end=date(2029, 3, 31),
        auto_renewal=True,
        notice_days=60,
        notification="サーバーが止まったら、1時間以内に電話",
    )
    assert made == wanted
    assert "申し出は 2029-01-30 まで" in said


async def test_one_that_was_taken_out_meanwhile(clinic: Clinic) -> None:
    """Is gone, and no screen is owed that can't be shown."""
    enter(clinic)
    clinic.owes(Owed(clinic.id("director"), ContractShown("gone")))
    await clinic.stage.settle()

    assert "まだ登録がありません" in clinic.read("director")
    assert CONTRACT in clinic.engine.roster().contracts
