"""The contacts' desk: from a word to a number, and what people say about one."""

from __future__ import annotations

import pytest

from contacts.model import Contact, System
from flows.commands.facility import PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from tests.clinic import Clinic
from tests.flows.clinic import entering

VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678")


@pytest.fixture
def shop(clinic: Clinic) -> Clinic:
    """The clinic with a vendor who keeps a system, and a system that nobody keeps."""
    clinic.orders(entering(VENDOR))
    systems = (System(id="s", name="薬歴", vendor="v"), System(id="t", name="謎の箱", service="lab"))
    rows = tuple(RegistryRow("system", s.id, s.model_dump_json()) for s in systems)
    clinic.orders(PutRegistry(FACILITY, rows))
    return clinic


async def test_everybody_finds_a_number(shop: Clinic) -> None:
    """By a word on the line, by a word after a tap, by system, by situation, by kind; and who is inside."""
    assert "110" in await shop.says("nurse", "/contacts 警察")
    assert "どなたに電話" in await shop.says("nurse", "/contacts")
    assert "どのシステム" in await shop.says("nurse", "システムから")
    assert "03-1234-5678" in await shop.says("nurse", "薬歴")
    await shop.says("nurse", "/contacts システム")
    assert "電話番号がまだ登録されていません" in await shop.does("nurse", button="menu|contacts|system|t")
    assert "カルテ社" in await shop.does("nurse", button="menu|contacts|situation|ransomware")
    assert "カルテ社" in await shop.does("nurse", button="menu|contacts|kind|vendor")
    assert "高橋" in await shop.does("nurse", button="menu|contacts|inside")
    assert "03-1234-5678" in await shop.does("nurse", button="menu|contact|v")


async def test_a_search_takes_the_next_text(shop: Clinic) -> None:
    """Even one that sounds like trouble, if it finds somebody; a report stays a report, and opens a run."""
    await shop.does("nurse", button="menu|contacts|search")
    assert "ランサムウェア" in await shop.says("nurse", "ランサムウェア")
    assert shop.engine.runs() == []

    await shop.does("nurse", button="menu|contacts|search")
    await shop.says("nurse", "電子カルテが動かない、画面に英語が出てる")
    assert len(shop.engine.runs()) == 1


async def test_a_wrong_number_until_it_is_right(shop: Clinic) -> None:
    """A nurse taps, the director is told, enters a bad number, is asked again, enters the right one, verifies it."""
    said = await shop.does("nurse", button="menu|wrong|v|0")
    assert "高橋さん（院長）にお願いしています" in said
    assert "カルテ社の正しい電話番号" in shop.read("director")
    assert "確認をお願いしています" in await shop.does("reception", button="menu|wrong|v|0")

    assert "正しい番号を送って" in await shop.says("director", "新しい番号を入れる")
    refused = await shop.says("director", "1234")
    assert "0から始まっていません" in refused
    assert "もう一度送って" in refused
    assert "03-1234-9999" in await shop.says("director", "０３－１２３４－９９９９")
    assert "今日確認した" in shop.of("director")[-1] or "今日確認した" in shop.read("director")
    assert "「今日確認した」と記録しました" in await shop.does("director", button="menu|verified|v")
    assert "今日高橋さんが確かめています" in await shop.does("deputy", button="menu|verified|v")

    contact = shop.engine.roster().contact("v")
    assert contact is not None
    assert (contact.number, contact.verified_by, contact.doubted_on) == ("03-1234-9999", "高橋", None)
    assert list(shop.engine.house.open_tasks()) == []


async def test_which_of_several_numbers(shop: Clinic) -> None:
    """With a night's number the bot asks which is new."""
    shop.orders(entering(VENDOR.model_copy(update={"night_number": "090-1234-5678"}), VENDOR))
    assert "どの番号" in await shop.does("director", button="menu|new_number|v")
    await shop.says("director", "夜間・休日の番号")
    await shop.says("director", "080-1234-5678")

    contact = shop.engine.roster().contact("v")
    assert contact is not None
    assert (contact.number, contact.night_number) == ("03-1234-5678", "080-1234-5678")


async def test_a_question_that_is_over_is_let_go(shop: Clinic) -> None:
    """The contact is gone when its new number comes: the person hears so, and the next text is theirs again."""
    await shop.does("director", button="menu|new_number|v")
    shop.orders(PutRegistry(FACILITY, (RegistryRow("contact", "v", None, VENDOR.model_dump_json()),)))

    assert "もう終わっています" in await shop.says("director", "03-1234-9999")
    assert shop.id("director") not in shop.engine.house.waiting_for


@pytest.mark.parametrize(
    "data",
    [
        "menu|contact|gone",
        "menu|contact",
        "menu|contacts|system|gone",
        "menu|contacts|what",
        "menu|contacts|kind|x",
        "menu|verified|gone",
        "menu|wrong|v|9",
        "menu|wrong|v|1",
        "menu|new_number|v|x",
    ],
)
async def test_what_is_no_more(shop: Clinic, data: str) -> None:
    """A stale button is answered, and changes nothing."""
    before = shop.home.journal.head()

    assert "もう終わっています" in await shop.does("director", button=data)
    assert shop.home.journal.head() == before


async def test_a_double_tap_is_one_act(shop: Clinic) -> None:
    """The second of two quick taps is answered; one entry, one task."""
    await shop.does("nurse", button="menu|wrong|v|0")
    await shop.does("nurse", button="menu|wrong|v|0")

    assert len(list(shop.engine.house.open_tasks())) == 1


async def test_an_endless_search(shop: Clinic) -> None:
    """Too long a text is sent back."""
    assert "文字が多すぎます" in await shop.says("nurse", "/contacts " + "あ" * 101)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("03-1234-5671 内線12", "03-1234-5671 内線12"),
        ("\u202d03-1234-5671\u202c", "03-1234-5671"),
        ("（内線136）", "内線136"),
    ],
)
async def test_a_number_is_the_answer_whatever_it_sounds_like(shop: Clinic, written: str, kept: str) -> None:
    """What the strict reader reads is never taken for a report, and signs that nobody sees don't count."""
    await shop.does("director", button="menu|new_number|v")
    await shop.says("director", written)

    contact = shop.engine.roster().contact("v")
    assert contact is not None
    assert contact.number == kept
    assert shop.engine.runs() == []


async def test_a_second_number_is_kept_for_when_nobody_answers(shop: Clinic) -> None:
    """Two in one text are two; where another one stands already, the refusal says so and nothing is changed."""
    await shop.does("director", button="menu|new_number|v")
    shown = await shop.says("director", "03-1234-5671（つながらないときは090-1234-5678）")
    assert "090-1234-5678" in shown
    contact = shop.engine.roster().contact("v")
    assert contact is not None
    assert (contact.number, contact.alternate_number) == ("03-1234-5671", "090-1234-5678")

    await shop.does("director", button="menu|new_number|v|0")
    refused = await shop.says("director", "03-1234-5672 / 03-1234-5673")
    assert "番号が2つあります" in refused
    assert shop.engine.roster().contact("v") == contact
