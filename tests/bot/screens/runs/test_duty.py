"""The reports that are owed, as the director reads them."""

from __future__ import annotations

from bot.screens.buttons import data_of
from bot.screens.requests.runs import SayLeak
from flows.commands.people import LearnFacts
from flows.commands.reporting import FileReport
from flows.messages.reporting import DutyHeard
from flows.record.journal import Owed
from tests.clinic import Clinic
from tests.trying import tries


async def test_the_list_says_what_by_when_and_since_when(clinic: Clinic) -> None:
    """/duties: every report with its day, the law's or our own marked as ours, and the day from which it counts."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")

    said = await clinic.says("director", "/duties")

    assert "気づいた時刻 04/01 08:50（この日が1日目です）" in said
    assert "個人情報保護委員会 速報: 要否を確認中（必要と考えて準備） 04/03〜04/05" in said
    assert "警察: 必要 速やかに（目標 04/01、法律の期限ではありません）" in said
    assert "報告しないものがある" in said


async def test_staff_see_what_is_owed_and_declare_nothing(clinic: Clinic) -> None:
    """A nurse sees the list and adds what she knows; that a report is done, not owed, or that nothing leaked, others say."""
    await clinic.incident()
    await clinic.says("nurse", "院内にいます")

    said = await clinic.says("nurse", "/duties")

    assert "警察: 必要" in said
    assert "済み: 警察" not in said
    assert "報告しないものがある" not in said
    leaks = await clinic.says("nurse", "[わかったことを足す]")
    assert "情報が出たおそれがある" in leaks
    assert "情報は出ていない" not in leaks


async def test_who_may_file_is_asked_to_make_sure_of_what_others_say(clinic: Clinic) -> None:
    """「出したと聞きました」 comes with the button that files it, and the receipt that was given."""
    run = await clinic.incident()
    clinic.owes(Owed(clinic.id("director"), DutyHeard("police", clinic.id("reception"), "受付 12"), run.id))
    await clinic.stage.settle()

    said = clinic.read("director")
    assert "警察: 佐藤さん（受付）から、出したと聞きました（受付 12）" in said
    assert "済み: 警察" in said


async def test_a_button_of_another_is_answered_with_who_may(clinic: Clinic) -> None:
    """Reception taps 「済み」 under an old message: nothing is filed, and they read who can."""
    await clinic.incident()

    for forged in (FileReport(clinic.run().id, "police"), SayLeak(clinic.run().id, "none")):
        assert tries(clinic.stage.lamp, f"terminal:{clinic.id('reception')}", data_of(forged)).refused == "filers_only"


async def test_filing_asks_for_the_receipt(clinic: Clinic) -> None:
    """One tap, one line: the report is done and the list says with which receipt."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")

    assert "提出しましたか？" in await clinic.says("director", "[済み: 警察]")
    await clinic.says("director", "山本さん、受付12")

    assert "警察: 済み（山本さん、受付12）" in await clinic.says("director", "/duties")


async def test_not_owed_needs_a_reason(clinic: Clinic) -> None:
    """The director says which report is not owed, and why; that stands in the list."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")
    await clinic.says("director", "[報告しないものがある]")

    assert "理由を一言" in await clinic.says("director", "[不要: サイバー保険の会社]")
    await clinic.says("director", "保険に入っていない")

    assert "サイバー保険の会社: 不要" in await clinic.says("director", "/duties")


async def test_whoever_finds_a_legal_report_not_owed_hears_the_caution(clinic: Clinic) -> None:
    """Before a reason is typed, the director reads what to mind: a voluntary report is always possible."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")
    await clinic.says("director", "[報告しないものがある]")

    assert "任意で報告できます" in await clinic.says("director", "[不要: 個人情報保護委員会 速報]")


async def test_new_facts_are_one_tap_and_move_the_list(clinic: Clinic) -> None:
    """「わかったことを足す」: a leak confirmed, a number of persons; what was uncertain becomes certain."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")
    await clinic.says("director", "[わかったことを足す]")
    await clinic.says("director", "[情報が出たとわかった]")
    await clinic.says("director", "[人数がわかった]")
    await clinic.says("director", "1,200人")

    facts = clinic.run().facts
    assert (facts["leak"], facts["persons"]) == ("confirmed", "1200")


async def test_my_numbers_are_counted_outside_their_step(clinic: Clinic) -> None:
    """Where it includes any, whoever reads the duties tells their number; elsewhere nobody is asked."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")
    assert "マイナンバーの人数" not in await clinic.says("director", "[わかったことを足す]")
    clinic.orders(LearnFacts(run.id, {"my_number": "yes", "leak": "confirmed"}), "director")
    await clinic.says("director", "/duties")
    await clinic.says("director", "[わかったことを足す]")
    await clinic.says("director", "[マイナンバーの人数がわかった]")
    await clinic.says("director", "12人")

    assert clinic.run().facts["my_number_persons"] == "12"


async def test_a_supplement_is_asked_for(clinic: Clinic) -> None:
    """The morning after, with what has happened since, and a button by which it is filed."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    clinic.orders(FileReport(run.id, "ppc_preliminary", "R-7"), "director")
    clinic.orders(LearnFacts(run.id, {"leak": "confirmed"}), "director")
    await clinic.passes(25 * 60)

    read = [*clinic.of("director"), *clinic.of("deputy")]
    assert any("追加の報告（続報）を出してください" in text for text in read)


async def test_reminders_of_a_day_come_as_one_message(clinic: Clinic) -> None:
    """Two hours after the beginning all that is to be done today is said at once, not seven times."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.passes(125)

    said = [text for text in clinic.of("director") if "届け出・報告のお知らせ" in text]

    assert len(said) == 1
    assert "個人情報保護委員会 速報: 速報の下書きを始めてください" in said[0]


async def test_a_single_reminder_says_how_and_whom_to_call(clinic: Clinic) -> None:
    """With one report left it is said in full: what, by when, how, and the contact (or that none is entered)."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    for duty in ("persons_notice", "mhlw", "health_centre", "police", "my_number_preliminary", "insurer", "partners"):
        clinic.orders(FileReport(clinic.run().id, duty, "12"))
    await clinic.passes(125)

    said = clinic.of("director")
    assert any("委員会のサイトの漏えい等報告フォームから" in text for text in said)
    assert any("電話番号がまだ登録されていません" in text for text in said)


async def test_done_can_be_taken_back(clinic: Clinic) -> None:
    """One tap and a reason: the list says it is owed again, with the receipt that had been given; reception has no such button."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/duties")
    await clinic.says("director", "[済み: 警察]")
    await clinic.says("director", "山本さん、受付12")
    assert "取り消す" not in await clinic.says("nurse", "/duties")

    await clinic.says("director", "/duties")
    assert "理由" in await clinic.says("director", "[取り消す: 警察]")
    await clinic.says("director", "別の件の受付番号でした")

    assert "前に記録した受付: 山本さん、受付12" in clinic.read("deputy")
    said = await clinic.says("director", "/duties")
    assert "取り消し済みの受付: 山本さん、受付12" in said
    assert "済み: 警察]" in said
