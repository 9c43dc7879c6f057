"""What hurts if it is misheard: a patient's device isn't told to be unplugged, a wrong lead and a wrong call are no tick."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic

DEVICE = "患者さんにつながる機械は、電源を切らず"
WRONG_LEAD = "違う線を抜いたようです"


@pytest.fixture
async def led(clinic: Clinic) -> Clinic:
    """Ransomware, and the director leads."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    return clinic


async def read_by_the_director(led: Clinic, member: str, text: str) -> str:
    """Give what the director reads of what somebody writes."""
    mark = len(led.seen)
    await led.says(member, text)
    return "\n".join(words for who, words in led.seen[mark:] if who == "director")


async def test_nobody_is_told_to_unplug_a_patients_device_again(led: Clinic) -> None:
    """What hangs on a patient is no computer that was put back."""
    for text in (
        "シリンジポンプつなぎ直した",
        "酸素のチューブつなぎました",
        "心電図モニター元に戻しました",
        "透析の機械止めました",
        "infusion pump reconnected",
        "酸素の流量計が読めません",
    ):
        read = await read_by_the_director(led, "nurse", text)

        assert DEVICE in read
        assert "もう一度抜いて" not in read


async def test_a_wrong_lead_is_no_tick(led: Clinic) -> None:
    """The director hears of it, and the step stays open."""
    for text in (
        "線じつは電話の線抜いてました",
        "サーバーの線抜きました",
        "複合機の線を抜きました",
        "電源の線とLANの線まちがえました",
    ):
        read = await read_by_the_director(led, "reception", text)

        assert WRONG_LEAD in read
        assert "これを済みにする" not in "\n".join(words for who, words in led.seen if who == "reception")


async def test_the_right_lead_is_a_tick(led: Clinic) -> None:
    """Whoever pulled what they were asked to is offered that it is done."""
    mark = len(led.seen)
    await led.says("reception", "LANの線を抜きました")

    assert "済みにする" in "\n".join(words for who, words in led.seen[mark:] if who == "reception")


async def test_a_call_to_a_firm_is_no_call_to_patients(led: Clinic) -> None:
    """Whoever called the vendor hasn't called those on oxygen."""
    mark = len(led.seen)
    await led.says("nurse", "電子カルテの会社に電話しました")

    assert "酸素" not in "\n".join(words for who, words in led.seen[mark:] if who == "nurse")


async def test_a_machine_switched_off_is_heard_beside_what_was_not_done(led: Clinic) -> None:
    """What is lost with the power can't be undone."""
    assert "電源を切ったか" in await read_by_the_director(led, "reception", "まだ抜いてないけど電源切りました")


async def test_what_was_pressed_on_the_attackers_screen_is_told(led: Clinic) -> None:
    """It is no answer to take back here, and no power switched off."""
    for text in (
        "画面のボタン押しちゃった",
        "赤い画面の英語をクリックしちゃいました",
        "I clicked something on the red screen",
    ):
        assert "おかしい画面のボタンを" in await read_by_the_director(led, "reception", text)


async def test_plain_assent_and_a_word_to_take_back_warn_nobody(led: Clinic) -> None:
    """Neither pays anybody nor restores anything."""
    await led.says("deputy", "外にいます")
    for text in ("いいですよ", "大丈夫ですよ。", "戻す"):
        assert await read_by_the_director(led, "deputy", text) == ""


async def test_the_machine_of_a_silent_reporter_is_somebody_elses(clinic: Clinic) -> None:
    """After four minutes without a word it goes to whoever is in the house, named; until then it is theirs."""
    await clinic.says("reception", "パソコンの画面に、ファイルを暗号化したと出ています")
    await clinic.says("reception", "画面に脅し文・読めない英語が出た")
    for who in ("deputy", "nurse"):
        await clinic.says(who, "院内にいます")
    await clinic.passes(3)
    assert clinic.run().open_step_of(clinic.id("reception")) is not None
    clinic.seen.clear()
    await clinic.passes(1)
    taken = clinic.read("deputy") + clinic.read("nurse")
    assert "佐藤さん（受付）のいる所の、知らせのあった機械です" in taken
    assert "LANの線を抜く" in taken
    assert clinic.run().open_step_of(clinic.id("reception")) is None


async def test_whoever_is_heard_of_keeps_their_machine(clinic: Clinic) -> None:
    """A photo, a tick or a word says that they are at it."""
    await clinic.says("reception", "パソコンの画面に、ファイルを暗号化したと出ています")
    await clinic.says("reception", "画面に脅し文・読めない英語が出た")
    await clinic.says("nurse", "院内にいます")
    await clinic.passes(2)
    await clinic.says("reception", "画面が赤いです")
    await clinic.passes(3)
    own = clinic.run().open_step_of(clinic.id("reception"))
    assert own is not None
    assert own.track == "containment"


@pytest.mark.parametrize(
    "text", ["点滴ポンプの線抜いてもうたかも", "I pulled the wrong cable, I think it was the IV pump"]
)
async def test_a_line_of_a_pump_that_is_out_already(clinic: Clinic, text: str) -> None:
    """Not to pull it comes too late: whoever did is to look at the patient and tell the doctor or the nurse at once."""
    said = await clinic.says("reception", text)

    assert said.index("医師か看護師を声で呼んでください") < said.index("もう線を抜いた") < said.index("線も抜かないで")


async def test_what_a_patient_hangs_on_two_read_at_once(led: Clinic) -> None:
    """Whoever leads may be with another patient."""
    await led.says("nurse", "輸液ポンプが止まりました")

    assert "輸液ポンプが止まりました" in led.read("deputy")


async def test_harm_that_is_told_of_whoever_leads(led: Clinic) -> None:
    """The next one hears of it in the same moment; of anybody else's the one who leads does first."""
    await led.says("nurse", "佐藤さんが電源切りました")
    assert "電源切りました" not in led.read("deputy")

    await led.says("nurse", "院長が電源切りました")

    assert "院長が電源切りました" in led.read("deputy")


async def test_whoever_is_asked_in_place_of_a_silent_director_reads_what_comes_after(clinic: Clinic) -> None:
    """Nobody waits three minutes for who is known not to answer."""
    await clinic.incident()
    await clinic.says("reception", "院長がつかまりません")
    await clinic.says("nurse", "診察室のパソコンも同じ画面です")

    assert "診察室のパソコンも同じ画面" in clinic.read("deputy")
