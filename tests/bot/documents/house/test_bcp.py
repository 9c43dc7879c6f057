"""The plan for going on as one document: a version with somebody behind it, never one with a hole."""

from __future__ import annotations

from datetime import date

from bot.documents.house.bcp import bcp
from bot.documents.kinds import make
from bot.documents.source import Source
from bot.screens.buttons import data_of
from bot.screens.requests.reports import TakePaper
from contacts.model import Connection
from flows.commands.facility import PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from playbooks.texts import Language
from tests.bot.documents.sources import text_of
from tests.clinic import Clinic
from tests.ledger import change, enter, staff


def plan(clinic: Clinic, language: Language = "ja") -> tuple[str, bool]:
    """Give the plan as it reads now, and whether it is a draft."""
    written = bcp(Source.of(clinic.engine, FACILITY, language))
    return written.markdown.replace("\\", ""), written.draft


async def asks(clinic: Clinic, who: str = "director") -> str:
    """Let somebody ask for the plan in the chat."""
    return await clinic.does(who, button=data_of(TakePaper(FACILITY, "bcp", "html")))


async def test_with_a_hole_nobody_can_approve_it(clinic: Clinic) -> None:
    """What is missing stands at its top and in the chat, with where it is entered; there is no button, and a kept one does nothing."""
    enter(clinic)
    staff(clinic)
    kept = await asks(clinic)
    assert "［この書類を承認する］" in kept or "この書類を承認する" in kept
    change(clinic, "system", "charts", on_paper=None)
    said, draft = plan(clinic)
    shown = await asks(clinic)

    assert ("「電子カルテ」の止まったときの代わり（紙など）を決める" in said.partition("##")[0], draft) == (True, True)
    assert "「電子カルテ」の止まったときの代わり（紙など）を決める" in shown
    assert "この書類を承認する" not in shown
    await clinic.says("director", "[この書類を承認する]")
    assert clinic.entries("plan_approved") == []


async def test_approved_it_is_a_version_in_both_languages(clinic: Clinic) -> None:
    """The director's tap makes version 1; who and when stand in it, the next review a year on, and no draft's mark."""
    enter(clinic)
    staff(clinic)
    assert plan(clinic)[1]
    await asks(clinic)
    told = await clinic.says("director", "[この書類を承認する]")
    said, draft = plan(clinic)

    assert ("第1版" in told, draft, plan(clinic, "en")[1]) == (True, False, False)
    for part in (
        "| 版 | 第1版 |",
        "| 承認した人 | 高橋さん（院長） |",
        "| 承認した日 | 2027-04-01 |",
        "| 次の見直し | 2028-04-01 |",
    ):
        assert part in said, part
    assert "この書類を承認する" not in await asks(clinic)
    assert "| Approved by | 高橋 (Director) |" in plan(clinic, "en")[0]


async def test_what_changed_since_makes_a_new_draft(clinic: Clinic) -> None:
    """A shorter downtime is a draft of version 2 that names the change; a number that was only checked again changes nothing."""
    enter(clinic)
    staff(clinic)
    await asks(clinic)
    await clinic.says("director", "[この書類を承認する]")
    change(clinic, "contact", "maker", verified_on=date(2027, 4, 1), verified_by="高橋")
    assert not plan(clinic)[1]
    change(clinic, "system", "charts", allowed_downtime=120)
    said, draft = plan(clinic)

    assert draft
    assert "第2版の案" in said
    changed = said.partition("第1版からの変更")[2].partition("##")[0]
    assert ("止まってよい時間 4時間 → 2時間" in changed, "カルテ" in changed, "確かめた" in changed) == (
        True,
        True,
        False,
    )


async def test_only_who_decides_approves(clinic: Clinic) -> None:
    """Reception can't ask for it, and the director's button in their hands does nothing."""
    enter(clinic)
    staff(clinic)
    await asks(clinic)
    assert "この書類を承認する" not in await asks(clinic, "reception")
    await clinic.says("reception", "[この書類を承認する]")

    assert clinic.entries("plan_approved") == []


async def approved(clinic: Clinic) -> None:
    """Let the director approve the plan as it stands."""
    enter(clinic)
    staff(clinic)
    await asks(clinic)
    await clinic.says("director", "[この書類を承認する]")


async def morning(clinic: Clinic, days: int = 1) -> None:
    """Let it be so many days later, on an open morning."""
    clinic.clock.advance(days=days)
    await clinic.passes(15)


async def test_a_new_version_is_read_by_everybody(clinic: Clinic) -> None:
    """The next morning each is asked once; whoever read it says so with a tap; who hasn't is named a week later, and on paper."""
    await approved(clinic)
    assert "第1版ができました" not in clinic.read("reception")
    await morning(clinic)
    assert clinic.read("reception").count("第1版ができました") == clinic.read("nurse").count("第1版ができました") == 1
    assert "第1版ができました" not in clinic.read("director")
    await clinic.says("reception", "[BCPを開く（PDF）]")
    assert "第1版を読んだことを記録しました" in await clinic.says("reception", "[読みました]")
    assert "読みました" not in await asks(clinic, "reception")
    await morning(clinic, 7)

    assert clinic.read("reception").count("第1版ができました") == clinic.read("nurse").count("第1版ができました") == 1
    named = clinic.read("director").partition("第1版をまだ読んでいない人がいます: ")[2].partition("\n")[0]
    assert ("佐藤" in named, "鈴木" in named, "田中" in named) == (False, True, True)
    assert "第1版を読んだ人: 高橋さん（院長）、佐藤さん" in plan(clinic)[0]
    assert "まだ読んでいない人: " in await asks(clinic)


async def test_a_plan_that_changed_is_brought_up_once(clinic: Clinic) -> None:
    """The morning after the change the director is told once, whatever else changes; nobody else reads a plan that is a draft again."""
    await approved(clinic)
    change(clinic, "system", "charts", allowed_downtime=120)
    await clinic.passes(15)
    assert "登録や手順が変わりました" not in clinic.read("director")
    await morning(clinic)
    await morning(clinic)
    change(clinic, "system", "line", on_paper="別の通信機")
    await morning(clinic)

    assert clinic.read("director").count("第1版のもとになった登録や手順が変わりました") == 1
    assert "BCP" not in clinic.read("reception")
    await asks(clinic)
    await clinic.says("director", "[この書類を承認する]")
    await morning(clinic)
    assert "第2版ができました" in clinic.read("reception")


def test_all_that_was_entered_stands_in_it(clinic: Clinic) -> None:
    """Substitute, downtime, order, shares, contract and numbers, on paper too; what people typed is no markup."""
    enter(clinic)
    staff(clinic)
    source = Source.of(clinic.engine, FACILITY, "ja")
    said = plan(clinic)[0]
    pdf = text_of(make(source, "bcp", "pdf"))

    rows = (
        "| 電子カルテ | 施設内 | 5 | 4時間 | 紙カルテ（青い箱） | カルテ<社> |",
        "| 1 | 院内の線 |",
        "| 2 | 電子カルテ | 院内の線 | 金庫のディスク |",
    )
    for part in (*rows, "第9条: すぐに電話", "2028-03-31まで（自動更新）", "03-1234-5678"):
        assert part in said, part
    assert "カルテ<社>" in pdf
    assert len(make(source, "bcp", "docx")) > 1000


def test_it_says_when_it_begins_and_ends(clinic: Clinic) -> None:
    """Beginning, paper, limits, restoring, working again and the end: each with its condition and who decides, in both languages."""
    enter(clinic)
    japanese, english = plan(clinic)[0], plan(clinic, "en")[0]

    for what, who in {
        "始める": "気づいた人",
        "紙に切り替える": "院長。不在なら代行者",
        "終える": "記録を確定する",
    }.items():
        assert [line for line in japanese.splitlines() if line.startswith(f"| {what} |") and who in line]
    assert "Suspicion is enough" in english
    assert [line for line in english.splitlines() if line.startswith("| It ends |") and "signs the record off" in line]


def test_the_systems_are_drawn(clinic: Clinic) -> None:
    """What runs in the house and in the cloud, and each line to whoever is outside; the same ledger gives the same picture."""
    assert bcp(Source.of(clinic.engine, FACILITY, "ja")).pictures == {}
    enter(clinic)
    before = bcp(Source.of(clinic.engine, FACILITY, "ja")).pictures["systems.png"]
    line = Connection(id="vpn", name="保守の回線", way="VPN", contact="maker", system="charts", cut_by="ルーターの3番")
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("connection", "vpn", line.model_dump_json(), None),)))
    after = [bcp(Source.of(clinic.engine, FACILITY, "ja")) for _ in range(2)]

    assert before.startswith(b"\x89PNG")
    assert after[0].pictures["systems.png"] == after[1].pictures["systems.png"] != before
    assert "](systems.png)" in after[0].markdown
