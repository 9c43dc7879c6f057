"""Who asks how it stands is told what the run knows, whoever they are; nobody is asked for it."""

from __future__ import annotations

import pytest

from playbooks.wants.acts import acts
from tests.clinic import Clinic

ASKED = [
    "バックアップは抜いた？",
    "ベンダー電話したん？",
    "LANは抜けてる？",
    "写真って撮ったんですか",
    "did anybody call the vendor?",
    "has the cable been pulled?",
]

NOT_ASKED = [
    "抜いていい？",
    "should I call the vendor?",
    "ベンダーの番号は？",
    "どこに電話したらいい？",
    "LANを抜きました",
    "誰か抜いてくれませんか",
]


@pytest.mark.parametrize("text", ASKED)
async def test_how_a_step_stands_is_told_at_once(clinic: Clinic, text: str) -> None:
    """Whoever asks reads it; nothing goes to whoever leads."""
    await clinic.incident()
    before = clinic.read("director")

    assert "いまの様子です" in await clinic.says("nurse", text)
    assert clinic.read("director") == before


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_is_for_people_to_say_does_not_ask_how_it_stands(text: str) -> None:
    """Whether one may, whom to call, what one did."""
    assert not acts().asks_whether(text)


async def test_the_deed_that_is_named_is_the_one_that_is_told(clinic: Clinic) -> None:
    """Backups that are to be unplugged, not the firm that looks after them."""
    await clinic.incident()

    told = await clinic.says("director", "バックアップは抜いた？")

    assert "NAS（保存装置）の線を抜" in told or "バックアップ用のディスク" in told
    assert "バックアップの会社" not in told


@pytest.mark.parametrize("text", ["システム会社に電話しました", "I called the vendor", "カルテの会社に連絡済みです"])
async def test_a_call_of_somebody_who_does_not_have_it_stands_as_told(clinic: Clinic, text: str) -> None:
    """Nobody calls twice: whoever asks reads who says so."""
    await clinic.incident()
    await clinic.says("nurse", text)

    assert "鈴木さん（看護師）は「した」と書いています" in await clinic.says("reception", "システム会社に電話した？")


async def test_who_has_free_hands_is_given_something(clinic: Clinic) -> None:
    """What is theirs, or what waits for somebody; and they are known to be there."""
    run = await clinic.incident("ehr_outage")
    shown = await clinic.says("deputy", "手伝えます")

    assert "手が空いていたら、下から引き受けてください" in shown
    assert "引き受ける: " in shown
    assert "まず患者さんの安全" in await clinic.says("nurse", "手あいてます")
    assert clinic.run(run.id).presence[clinic.id("nurse")][0] == "here"


async def test_a_company_that_does_not_answer_is_no_attack(clinic: Clinic) -> None:
    """In an outage whoever leads reads whom nobody reached, and nothing of cables."""
    await clinic.incident("ehr_outage")
    shown = await clinic.says("reception", "業者に電話したらつながらない")

    assert "攻撃" not in shown + clinic.read("director").split("連絡がつきません")[-1]
    assert "連絡がつきません" in clinic.read("director")


async def test_by_whom_and_when_or_who_only_says_so(clinic: Clinic) -> None:
    """It is with somebody, then one of them says that it is done, then it is."""
    await clinic.incident()
    first = await clinic.says("director", "LANは抜けてる？")
    await clinic.says("reception", "LAN抜きました")
    said = await clinic.says("director", "LANは抜けてる？")
    await clinic.says("reception", "これを済みにする")
    done = await clinic.says("director", "LANは抜けてる？")

    assert "佐藤さん（受付）が受け持っています" in first
    assert "佐藤さん（受付）は「した」と書いています" in said
    assert "08:50 佐藤さん（受付）が、済ませました" in done


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("届け出いつまで？", "届け出・報告"),
        ("誰が何してる？", "現場の進行役"),
        ("今どこまで終わってる？", "現場の進行役"),
        ("how far are we?", "現場の進行役"),
    ],
)
async def test_the_whole_is_asked_for_in_words(clinic: Clinic, text: str, answer: str) -> None:
    """The deadlines, or who has what."""
    await clinic.incident()

    assert answer in await clinic.says("director", text)


@pytest.mark.parametrize(
    "text", ["なんで電源切っちゃだめなの", "電源切らない方がいいんですよね", "why can't I reboot it?"]
)
async def test_why_the_power_stays_on_is_told(clinic: Clinic, text: str) -> None:
    """Whoever asks reads the reason; whoever leads isn't told that somebody did it."""
    await clinic.incident()
    shown = await clinic.says("nurse", text)

    assert "何が起きたかの記録が消えます" in shown
    assert "電源" not in clinic.read("director").split("現場の進行役")[-1]


@pytest.mark.parametrize("text", ["富士通の人が来ました", "富士通から折り返し電話がありました", "リコーの人が来ました"])
async def test_a_company_is_no_office(clinic: Clinic, text: str) -> None:
    """Police and officials come under their own name."""
    await clinic.incident()
    await clinic.says("reception", text)

    assert "警察や役所" not in clinic.read("director") + clinic.read("reception")
