"""What is asked and told of the work amid an incident: the desk, the lead, the press, who knows, and what a call for help isn't about."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic


@pytest.fixture
async def led(clinic: Clinic) -> Clinic:
    """An attack that the director leads."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    return clinic


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("10割？", "10割は、いただきません"),
        ("10割もらうの？", "10割は、いただきません"),
        ("保険証で受付できる?", "資格確認書"),
        ("会計どうする?", "会計は後日で"),
        ("バイタルどこに書く", "1人1枚"),
        ("血圧どこに書けばいい？", "1人1枚"),
        ("where do i write vitals", "one sheet a person"),
        ("処方箋どうする", "紙で出し"),
        ("予約どうする", "折り返します"),
        ("次の報告いつまで?", "個人情報保護委員会"),
        ("期限いつ？", "個人情報保護委員会"),
        ("今だれが指揮?", "高橋さん"),
        ("警察には連絡したっけ", "まだありません"),
        ("どこまで終わった?", "まだのこと"),
        ("what's left?", "まだのこと"),
    ],
)
async def test_what_is_known_or_written_down_troubles_nobody(led: Clinic, text: str, answer: str) -> None:
    """It is answered at once, and the director is not asked."""
    mark = len(led.of("director"))
    shown = await led.says("reception", text)

    assert answer in shown
    assert len(led.of("director")) == mark


@pytest.mark.parametrize("text", ["10割の復旧", "血圧が下がってきました", "予約サイトから入れない"])
async def test_what_only_names_it_is_not_answered_so(led: Clinic, text: str) -> None:
    """A share of the work, somebody's blood pressure, a site."""
    shown = await led.says("reception", text)

    assert not any(answer in shown for answer in ("いただきません", "1人1枚", "折り返します」と伝えます"))


@pytest.mark.parametrize("text", ["だめ、お薬だけ渡して", "処方箋渡して", "書類渡しといて", "診察券を渡しておいて"])
async def test_what_is_handed_to_a_patient_is_no_lead(led: Clinic, text: str) -> None:
    """Whoever leads goes on leading, and nobody is asked to; of anybody else it is no wish to be relieved."""
    await led.says("director", text)
    await led.says("reception", text)

    assert led.run().handed_to == {}
    assert "責任者を代わって" not in led.read("deputy")
    assert "手を貸してほしい" not in led.read("director")


@pytest.mark.parametrize("text", ["警察の人が帰りました", "取材の人帰りました", "取材断りました", "the reporters left"])
async def test_who_has_gone_is_not_announced(led: Clinic, text: str) -> None:
    """Nobody is told what to say to them."""
    shown = await led.says("nurse", text)

    assert "お伝えください" not in shown
    assert "とだけ伝えて" not in shown


@pytest.mark.parametrize(
    "text", ["取材が来てる", "記者が来てます", "警察が来ました", "警察が帰ったあと電話が来ました、警察から"]
)
async def test_who_is_there_is(led: Clinic, text: str) -> None:
    """Whoever leads hears of it."""
    await led.says("nurse", text)

    assert text in led.read("director")


async def test_the_press_is_turned_away_by_an_order(led: Clinic) -> None:
    """Of whoever leads it goes to all."""
    await led.says("director", "取材断って")

    assert "お願いです" in led.read("reception")


@pytest.mark.parametrize("text", ["USBさしていい？", "このUSBって誰の？", "サーバーの線どれ？"])
async def test_what_is_asked_of_a_machine_after_a_call_for_help_is_no_news_of_it(led: Clinic, text: str) -> None:
    """Only what is of the call goes to all."""
    await led.says("reception", "🆘")
    await led.says("reception", text)

    assert "先ほどの件" not in led.read("nurse")
    await led.says("reception", "早く来て")
    assert "早く来て" in led.read("nurse")


@pytest.mark.parametrize("text", ["水飲んでいい", "トイレ行っていい"])
async def test_leave_for_everyday_things_is_a_mere_question(led: Clinic, text: str) -> None:
    """No other matter, and no 119."""
    shown = await led.says("nurse", text)

    assert "119" not in shown
    assert "別のこと" not in led.read("director")


@pytest.mark.parametrize(
    "text", ["全員だめです", "みんな使えない", "次の人もだめでした", "the next one doesn't work either"]
)
async def test_of_one_card_others_are_asked_about_by_its_own_question(clinic: Clinic, text: str) -> None:
    """Not answered as if it were the one."""
    await clinic.says("reception", "マイナ保険証の読み取りができない")
    await clinic.says("reception", "1")
    shown = await clinic.says("reception", text)

    assert "ほかの人も同じ" in shown
    assert "1人だけなら" not in shown


@pytest.mark.parametrize("text", ["院長には言わないで", "院長には内緒にしてください", "please don't tell the director"])
async def test_from_whom_it_is_to_be_kept_has_been_told_or_not(clinic: Clinic, text: str) -> None:
    """The truth, by what was recorded: before it begins, of what was told beside it, and once they have read it."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    shown = await clinic.says("reception", text)
    assert any(said in shown for said in ("まだ知らせていません", "not been told"))
    await clinic.says("reception", "再起動しちゃった")
    shown = await clinic.says("reception", text)
    assert any(said in shown for said in ("もう知らせました", "been told of this already"))
    await clinic.says("director", "状況は")

    assert len(clinic.engine.runs()) == 1


async def test_what_is_told_of_a_colleague_stays_in_confidence(led: Clinic) -> None:
    """Beside what goes on, and nobody is told."""
    mark = len(led.of("director"))
    await led.says("reception", "鈴木さんが情報を持ち出してます、院長には言わないで")

    assert len(led.engine.runs()) == 2
    assert len(led.of("director")) == mark


@pytest.mark.parametrize("text", ["院長は知ってますか？", "田中さんには伝わってる？", "does the director know?"])
async def test_whether_somebody_knows_is_on_the_record(led: Clinic, text: str) -> None:
    """Nobody is asked whether they know."""
    mark = len(led.of("director"))
    shown = await led.says("reception", text)

    assert "知らせを読" in shown or "the news" in shown
    assert len(led.of("director")) == mark
