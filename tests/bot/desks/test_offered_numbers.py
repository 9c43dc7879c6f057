"""A number beside a vendor's, an office's or a call-back word: who keeps the contacts has it among them in a tap."""

from __future__ import annotations

import pytest

from bot.wiring import light
from contacts.model import Contact
from contacts.written.outsiders import may_be_called
from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.clinic import Clinic, Post
from tests.flows.clinic import entering

VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="あおいシステム", number="03-1234-5678")
KEEP, UNDO = "連絡先に加える", "戻す"


def numbers(clinic: Clinic, name: str) -> list[str | None]:
    """Give the numbers of those called so."""
    return [c.number for c in clinic.engine.roster().contacts if c.name == name]


async def test_a_number_is_kept_by_name_and_taken_out_again(clinic: Clinic) -> None:
    """Whose it is is asked once; it counts as checked by nobody, and each button works once."""
    await clinic.incident()
    assert "06-6222-0110は、まだ連絡先にありません" in await clinic.says(
        "director", "刑事さんの携帯と署の番号 ０６－６２２２－０１１０"
    )
    await clinic.says("director", KEEP)
    said = await clinic.says("director", "天満警察署")

    assert ("06-6222-0110" in said, "確かめていない" in said, "今日確認した" in said) == (True, True, True)
    [kept] = [c for c in clinic.engine.roster().contacts if c.name == "天満警察署"]
    assert (kept.kind, kept.services, kept.verified_on) == ("authority", ("police",), None)
    [turn] = clinic.engine.house.offers
    assert "もう連絡先に加えてある" in await clinic.does("director", button=f"menu|keep_number|{turn}")
    assert "連絡先から外しました" in await clinic.says("director", UNDO)
    assert numbers(clinic, "天満警察署") == []
    assert "もう連絡先に加えてあるか、外してあります" in await clinic.does(
        "director", button=f"menu|keep_number|{turn}|back"
    )


async def test_whoever_may_not_add_tells_whoever_may(clinic: Clinic) -> None:
    """The nurse is asked nothing; the director reads who wrote it, and the nurse's tap does nothing."""
    await clinic.incident()
    assert KEEP not in await clinic.says("nurse", "業者から折り返し、０４５ー２２２ー３３３３とのこと")

    assert "鈴木さん（看護師）が書いた045-222-3333は" in clinic.read("director")
    assert "045-222-3333" not in clinic.read("deputy")
    [turn] = clinic.engine.house.offers
    await clinic.does("nurse", button=f"menu|keep_number|{turn}")
    assert clinic.engine.house.offers[turn].state == "waits"


async def test_of_a_vendor_who_is_known(clinic: Clinic) -> None:
    """It goes where nothing stands yet; what the vendor had stays, or it is somebody else's after all."""
    clinic.orders(entering(VENDOR))
    offered = await clinic.says("director", "あおいシステムの担当の直通は045-222-3333です")
    assert "あおいシステムの番号として加えますか" in offered
    assert "つながらないときの番号" in await clinic.says("director", KEEP)
    known = clinic.engine.roster().contact("v")
    assert known is not None
    assert (known.number, known.alternate_number) == ("03-1234-5678", "045-222-3333")
    await clinic.says("director", UNDO)
    assert clinic.engine.roster().contact("v") == VENDOR

    await clinic.says("director", "あおいシステムの下請けのサポート 045-222-4444")
    await clinic.says("director", "別の相手の番号")
    await clinic.says("director", "みどりテック")
    assert numbers(clinic, "みどりテック") == ["045-222-4444"]


async def test_in_a_drill_it_is_said_that_it_stays(clinic: Clinic) -> None:
    """The number is real, whatever else is played."""
    await clinic.drill()
    assert "訓練中ですが、加えるとほんとうに" in await clinic.says(
        "director", "NTTの担当の人 0120-444-555 につながった"
    )
    await clinic.says("director", KEEP)
    assert "訓練が終わっても残ります" in await clinic.says("director", "NTT東日本")
    assert numbers(clinic, "NTT東日本") == ["0120-444-555"]


async def test_after_a_restart_another_process_keeps_it(clinic: Clinic) -> None:
    """The button names the offer and no number; whichever process is tapped finds it in the journal."""
    await clinic.incident()
    await clinic.stage.lamp.hear(clinic.act("director", text="保守の会社から折り返し 045-222-3333"))
    [turn] = clinic.engine.house.offers
    post = Post()
    lamp = light(clinic.home, clinic.clock, post)
    await lamp.hear(clinic.act("director", button=f"menu|keep_number|{turn}"))
    await lamp.hear(clinic.act("director", text="ほしゅ会社"))
    await lamp.outbox.flush()

    assert numbers(clinic, "ほしゅ会社") == ["045-222-3333"]
    assert "045-222-3333 を加えました" in "".join(post.to(f"terminal:{clinic.id('director')}"))


@pytest.mark.parametrize(
    "text",
    [
        "ウイルスの警告画面にサポート 050-1234-5678 と出ています",
        "NTTと名乗る男から電話、番号は050-1234-5678",
        "業者に聞かれたら私の携帯 090-1234-5678 を伝えて",
        "患者さんの携帯 090-1234-5678 につながらない",
        "業者に110番も119番も要らないと言われた",
        "保守の契約番号 0312345678 です",
    ],
)
async def test_what_is_no_contact_of_the_facility(clinic: Clinic, text: str) -> None:
    """A swindler's number, one's own, a patient's and no number at all are never offered."""
    await clinic.incident()
    await clinic.says("director", text)

    assert clinic.entries("number_offered") == []


async def test_a_number_is_offered_once_and_of_nothing_confided(clinic: Clinic) -> None:
    """What was offered is not offered again, what the registry knows never is; of a matter for a few nobody else hears."""
    clinic.orders(entering(VENDOR))
    for text in ("業者は045-222-3333", "業者の番号 045(222)3333 です", "あおいシステム 03-1234-5678 に電話中"):
        await clinic.says("director", text)
    assert len(clinic.entries("number_offered")) == 1

    await clinic.incident("insider")
    await clinic.says("reception", "弁護士の番号は03-3333-4444です")
    assert len(clinic.entries("number_offered")) == 1


async def test_beside_a_patient_the_vendor_s_number_stays(clinic: Clinic) -> None:
    """Masked is what is the patient's; the number is offered whole, and can be blacked out like anything that was written."""
    await clinic.incident()
    await clinic.says("director", "患者の山田花子さんの件でベンダー 045-222-3333 から折り返し")

    [offer] = clinic.engine.house.offers.values()
    assert offer.number == "045-222-3333"
    assert "045-222-3333" in clinic.entries("note_taken")[-1].body
    assert "山田" not in clinic.entries("note_taken")[-1].body
    assert "045-222-3333" in await clinic.says("director", "/blackout")
    await clinic.does("director", button=f"menu|blackout|facility|{offer.turn}|now")
    assert "もう連絡先に加えてあるか" in await clinic.does("director", button=f"menu|keep_number|{offer.turn}")


async def test_in_english(clinic: Clinic) -> None:
    """Whoever reads English is asked in English."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": "en"}))
    await clinic.incident()
    assert "is not among the contacts yet" in await clinic.says(
        "director", "The vendor's support called back from 045-222-3333"
    )
    await clinic.says("director", "Add to contacts")
    assert "Nobody has checked it yet" in await clinic.says("director", "Aoi Systems")


async def test_a_department_is_no_police_and_a_name_tells_more_than_the_words_beside(clinic: Clinic) -> None:
    """部署 is no 署; what is called a station of the police when asked is the police, whatever stood beside the number."""
    await clinic.incident()
    await clinic.says("director", "保守の担当部署から折り返し 045-222-4444")
    await clinic.says("director", KEEP)
    await clinic.says("director", "みなと保守")
    await clinic.says("director", "業者から聞いた番号 045-222-5555 に折り返す")
    await clinic.says("director", KEEP)
    await clinic.says("director", "青葉警察署")
    kept = {c.name: (c.kind, *c.services) for c in clinic.engine.roster().contacts}

    assert kept["みなと保守"] == ("vendor", "remote_maintenance")
    assert kept["青葉警察署"] == ("authority", "police")


NAMES = (
    "あおいシステム", "天満警察署", "NTT東日本", "ほしゅ会社", "みどりテック", "Aoi Systems", "株式会社きた", "田中医療機器", "県警サイバー課",
    "生活安全課の中川さん", "ヤマト運輸 青葉営業所", "みずほ", "東京海上", "SRL", "保健所", "カルテ屋さん", "Only Software K.K.",
)  # fmt: skip
NO_NAMES = (
    "1", "佐藤さん、警察に電話して", "LANの線を抜く", "どこの番号ですか", "警察署に電話してください", "何これ？", "佐藤さん", "佐藤", "わかりません", "はい",
    "画面が真っ赤です", "終わりました", "ネットがつながらない", "できた", "了解", "どうしたらいい", "what should I do", "please call the police", "03-1234-5678",
    "患者さんに説明して", "帰ります", "あとで", "業者に電話中です", "電話お願いします", "まだ",
)  # fmt: skip


def test_what_may_be_the_name_of_a_firm() -> None:
    """A short name; no order, question, report, figure or yes, and nobody who works here."""
    people = ("佐藤 花子", "田中 一郎")
    assert [name for name in NAMES if not may_be_called(name, people)] == []
    assert [text for text in NO_NAMES if may_be_called(text, people)] == []


async def test_what_is_no_name_is_heard_as_ever(clinic: Clinic) -> None:
    """An order written while the name is asked for reaches whom it is for, a question is asked; then the name is still taken."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "保守の会社から折り返し 045-222-3333")
    await clinic.says("director", KEEP)
    await clinic.says("director", "佐藤さん、警察に電話して")
    assert "佐藤さん、警察に電話して" in clinic.of("reception")[-1]
    await clinic.says("director", "画面は触ってもいいですか？")
    await clinic.says("director", "1")
    assert [c.name for c in clinic.engine.roster().contacts if c.number == "045-222-3333"] == []
    await clinic.says("director", "ほしゅ会社")
    assert numbers(clinic, "ほしゅ会社") == ["045-222-3333"]
