"""How contacts are shown: four ways to a number, and a card with all that is known."""

from __future__ import annotations

from datetime import date

import pytest

from bot.screens.house.contacts import calls_somebody, references, situations_named
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from bot.words.words import phrases
from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Contact, System
from contacts.shapes.outside import NUMBER_FIELDS
from flows.commands.contacts import DoubtNumber
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic
from tests.flows.clinic import entering

VENDOR = Contact(
    id="v",
    kind="vendor",
    services=("ehr",),
    name="カルテ<社>",
    number="03-1234-5678",
    emergency_help="2時間以内に来院",
    remote_line="受付奥の白いルーター",
    note="契約番号は契約書に",
    verified_on=date(2027, 3, 1),
    verified_by="田中",
)


def seen(clinic: Clinic, name: str, who: str = "director", **data: object) -> Screen:
    """Render a message to somebody."""
    reader = clinic.id(who)
    return Renderer(clinic.engine).render(Owed(reader, message_of(name, data)), reader, clinic.clock.now())


def labels(screen: Screen) -> list[str]:
    """Give what stands on the buttons."""
    return [button.label for row in screen.rows for button in row]


@pytest.fixture
def shop(clinic: Clinic) -> Clinic:
    """The clinic with a vendor who keeps a system."""
    clinic.orders(entering(VENDOR))
    system = System(id="s", name="スマート薬歴", vendor="v")
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("system", "s", system.model_dump_json()),)))
    return clinic


def test_a_card_says_all_that_is_known(shop: Clinic) -> None:
    """What for, which system, what they do in an emergency, the remote line, who verified; names stay text."""
    shown = seen(shop, "contact", contact="v")

    for part in (
        "カルテ&lt;社&gt;",
        "03-1234-5678",
        "電子カルテ",
        "スマート薬歴",
        "2時間以内に来院",
        "受付奥の白いルーター",
        "田中が確認",
    ):
        assert part in shown.text
    assert shown.contact == ("カルテ<社>", "+81312345678")


def test_what_comes_along_is_named_in_the_readers_language(clinic: Clinic) -> None:
    """Name, hours and note of 119, 110 and the like; what somebody wrote themselves stays as it is, but for "all day"."""
    for shipped in SHIPPED_CONTACTS:
        for field in ("name", "hours", "note"):
            if (written := getattr(shipped, field)) is not None:
                assert phrases("ja")[f"contact.shipped.{shipped.id}.{field}"] == written
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"language": "en"}))
    police = seen(clinic, "contact", "nurse", contact="police_emergency")
    assert "Police (emergency)" in police.text
    assert "at all hours" in police.text
    assert police.contact == ("Police (emergency)", "110")
    assert not set(police.text) & set("警察緊急時間")

    clinic.orders(entering(VENDOR.model_copy(update={"hours": "24時間"})))
    vendor = seen(clinic, "contact", "nurse", contact="v")
    assert "カルテ&lt;社&gt;" in vendor.text
    assert "Hours: 24 hours" in vendor.text


def test_what_can_be_tapped_depends_on_who_reads(shop: Clinic) -> None:
    """Everybody may say that a number is wrong; verifying and changing is for those who keep the contacts in order."""
    numbers = ["今日確認した", "番号が違う", "新しい番号を入れる"]
    assert labels(seen(shop, "contact", contact="v")) == [*numbers, "確認書が今日戻った", "MDS・SDSが今日届いた"]
    assert labels(seen(shop, "contact", "nurse", contact="v")) == ["番号が違う"]

    shop.orders(entering(VENDOR.model_copy(update={"night_number": "090-1234-5678"}), VENDOR))
    assert labels(seen(shop, "contact", "nurse", contact="v")) == [
        "番号が違う: 03-1234-5678",
        "番号が違う: 090-1234-5678",
    ]
    shop.orders(DoubtNumber(FACILITY, "v"), "nurse")
    assert labels(seen(shop, "contact", "nurse", contact="v")) == ["番号が違う: 090-1234-5678"]


def test_by_system(shop: Clinic) -> None:
    """The systems, then the vendors that keep none of them; with nothing entered the message says so."""
    shop.orders(entering(VENDOR.model_copy(update={"id": "n", "services": ("network",), "name": "回線社"})))

    assert labels(seen(shop, "contacts_systems")) == ["スマート薬歴", "回線社"]


def test_by_situation(shop: Clinic) -> None:
    """Each playbook leads to whom it calls; those who are not entered stand in one line, not in twenty."""
    assert "ランサムウェア" in " ".join(labels(seen(shop, "contacts_situations")))
    shown = seen(shop, "contacts_of_situation", playbook="ransomware")

    assert "カルテ&lt;社&gt; 03-1234-5678" in shown.text
    assert shown.text.count("⚠️") == 1
    assert "か所あります（" in shown.text
    assert "設定を始める" in labels(shown)
    assert "カルテ<社>" in labels(shown)
    offered = [p for p in shop.engine.handbook.playbooks.values() if calls_somebody(p)]
    assert len(labels(seen(shop, "contacts_situations"))) == len(offered) > 10
    assert not [r for playbook in offered for r in references(playbook) if r.startswith("role:")]


def test_by_kind(shop: Clinic) -> None:
    """All of a kind, at most twenty in one message."""
    for number in range(25):
        shop.orders(
            entering(VENDOR.model_copy(update={"id": f"p{number}", "kind": "partner", "services": ("hospital",)}))
        )
    shown = seen(shop, "contacts_of_kind", kind="partner")

    assert (len(labels(shown)), "ほか5件" in shown.text) == (20, True)
    assert "まだ登録がありません" in seen(shop, "contacts_of_kind", kind="partner").text or len(labels(shown)) == 20


def test_by_word(shop: Clinic) -> None:
    """One hit is shown as its card, several as a list, none with what to do instead; situations are found, too."""
    assert "今日確認した" in labels(seen(shop, "contacts_found", text="やくれき"))
    assert {"警察（緊急）", "警察相談専用電話"} <= set(labels(seen(shop, "contacts_found", text="けいさつ")))
    assert "報告でしたら" in seen(shop, "contacts_found", text="<なし>").text
    assert [p.playbook for p in situations_named(shop.engine.handbook.playbooks.values(), "ランサム")] == ["ransomware"]
    assert labels(seen(shop, "contacts_found", text="ランサム")) == [
        shop.engine.handbook.playbooks["ransomware"].title.ja
    ]


def test_who_is_inside(clinic: Clinic) -> None:
    """Who decides, one after the other, with the minutes; a missing safety manager is a gap that one sees."""
    text = seen(clinic, "contacts_inside", "nurse").text

    assert "1. 高橋さん（院長）\n2. 田中さん（代行者） … 3分返事がなければ" in text
    assert "安全管理責任者が決まっていません" in text
    assert "佐藤さん（受付）、鈴木さん（看護師）" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_can_be_said(shop: Clinic, language: Language) -> None:
    """Every message, in both languages, also about a contact that is gone meanwhile."""
    shop.orders(ChangeMember(FACILITY, shop.id("director"), {"language": language}))
    for name in ("contacts", "contacts_systems", "contacts_situations", "contacts_kinds", "contacts_inside"):
        assert seen(shop, name).text
    for name in ("contact", "number_verified", "number_doubted", "number_entered", "number_which", "ask_new_number"):
        assert seen(shop, name, contact="v").text
        assert seen(shop, name, contact="gone").text
    assert seen(shop, "contacts_no_vendor", system="s").text
    assert len(labels(seen(shop, "number_which", contact="v"))) == len(NUMBER_FIELDS)
