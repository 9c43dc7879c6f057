"""Who asks whether they may do what can't be made good is told at once not to, or what whoever leads has said of it."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic

NOT_YET = {
    "on": "まだ入れないで",
    "power": "切らないで",
    "delete": "何も消さないで",
    "restore": "まだ使わないで",
    "back_in": "まだ戻さないで",
    "pay": "払わないで",
}


@pytest.fixture
async def led(clinic: Clinic) -> Clinic:
    """An attack that the director leads."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    return clinic


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("つけ直したほうがいい？", "on"),
        ("電源入れていい?", "on"),
        ("パソコン立ち上げてもいいですか", "on"),
        ("起動してもいい？", "on"),
        ("サーバーの電源を入れてみてもいい？", "on"),
        ("should I turn it back on?", "on"),
        ("is it ok to start the computer up?", "on"),
        ("再起動してもいいですか", "power"),
        ("バックアップから戻していい？", "restore"),
        ("can I restore from backup?", "restore"),
        ("ルーター抜き差ししていい？", "back_in"),
        ("ウイルスソフト回していい?", "delete"),
        ("セキュリティソフトで駆除したほうがいい？", "delete"),
        ("スキャンかけましょうか", "delete"),
        ("初期化したほうがいい?", "delete"),
        ("変なファイル消していい？", "delete"),
        ("can I run antivirus?", "delete"),
        ("is it ok to delete the email?", "delete"),
        ("お金払えば戻るのか？", "pay"),
        ("払ったほうが早くない？", "pay"),
        ("if we pay will they give it back?", "pay"),
    ],
)
async def test_it_is_answered_at_once_and_whoever_leads_learns_of_it(led: Clinic, text: str, harm: str) -> None:
    """Without a sound, and nobody else is asked: not then, and not when nobody has answered for minutes."""
    shown = await led.says("reception", text)
    assert NOT_YET[harm] in shown
    assert "高橋さん（院長）にも伝えました" in shown
    assert text in led.of("director")[-1]
    assert "ほかに待っている人" not in led.of("director")[-1]

    await led.passes(7)
    assert text not in led.read("deputy") + led.read("nurse")


@pytest.mark.parametrize(
    "text", ["エアコンつけていい？", "懐中電灯つけていい？", "書類をスキャンしていい？", "会計、払ってもらっていい？"]
)
async def test_what_does_no_harm_is_asked_of_whoever_leads(led: Clinic, text: str) -> None:
    """Nothing forbids it."""
    shown = await led.says("reception", text)

    assert not any(no in shown for no in NOT_YET.values())


async def test_a_switch_that_only_failed_is_for_whoever_leads(clinic: Clinic) -> None:
    """Where nobody is feared in the machines it may be just what helps."""
    await clinic.incident("ehr_outage")

    assert "に聞いています" in await clinic.says("nurse", "電源入れていい？")


async def test_what_whoever_leads_has_said_wins(led: Clinic) -> None:
    """Asked or unasked: whoever asks the same reads it in their words, and they are not troubled again."""
    await led.says("reception", "ウイルスソフト回していい?")
    await led.says("director", "[答える]")
    await led.says("director", "業者がよいと言ったので回してください")
    mark = len(led.of("director"))
    shown = await led.says("nurse", "ウイルススキャンかけていい？")
    assert "業者がよいと言ったので回してください" in shown
    assert "何も消さないで" not in shown
    assert len(led.of("director")) == mark

    await led.says("director", "電源は入れていいよ")
    assert "電源は入れていいよ" in await led.says("reception", "電源入れていい?")


async def test_who_wants_to_know_more_asks_all_the_same(led: Clinic) -> None:
    """One tap makes a question of it, and that is passed on as any other."""
    await led.says("reception", "電源入れていい?")
    assert "に聞いています" in await led.says("reception", "[質問です]")
