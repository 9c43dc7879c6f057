"""Amid a loss or something mis-sent: what is asked and told of just that."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic

REPORTS = {
    "lost_device": "往診用のタブレットが見つからない",
    "mis_sent": "検査結果を別の病院にFAXしてしまいました",
}


async def begun(clinic: Clinic, playbook: str) -> None:
    """Let reception report it, and say what it is."""
    await clinic.says("reception", REPORTS[playbook])
    await clinic.says("reception", "1")
    opened = clinic.run().playbook
    assert opened is not None
    assert opened.playbook == playbook


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("遠隔でデータ消していい？", "まだ消さないで"),
        ("should we wipe the tablet?", "Don't wipe it yet"),
        ("警察に届けた方がいい？", "遺失届"),
        ("怒られますか", "責めるための記録ではありません"),
    ],
)
async def test_what_is_asked_of_something_lost(clinic: Clinic, text: str, answer: str) -> None:
    """It is written down, so that the director isn't asked."""
    await begun(clinic, "lost_device")
    mark = len(clinic.of("director"))

    assert answer in await clinic.says("reception", text)
    assert len(clinic.of("director")) == mark


@pytest.mark.parametrize(
    "text", ["やっぱりカバンに入ってた", "車の中にありました", "すみません、棚の後ろに落ちてました"]
)
async def test_where_it_was_after_all_is_found(clinic: Clinic, text: str) -> None:
    """One tap ends the search, and whoever decides hears of it."""
    await begun(clinic, "lost_device")

    assert "見つかりました" in await clinic.says("reception", text)
    assert "見つかったそうです" in clinic.read("director")


@pytest.mark.parametrize("text", ["最後は机の上にありました", "机の上に置いてあったはずです", "カバンに入ってないです"])
async def test_where_it_was_before_is_not(clinic: Clinic, text: str) -> None:
    """Where it was seen last, or should be."""
    await begun(clinic, "lost_device")
    await clinic.says("reception", text)

    assert "見つかったそうです" not in clinic.read("director")


@pytest.mark.parametrize(
    ("playbook", "text"), [("lost_device", "タクシーに忘れたかも"), ("mis_sent", "番号を一つ間違えてました")]
)
async def test_more_of_what_goes_on_is_no_other_matter(clinic: Clinic, playbook: str, text: str) -> None:
    """It is kept, and passed on if its writer doesn't say that it is a note."""
    await begun(clinic, playbook)

    assert "にも見せます" in await clinic.says("reception", text)
    assert "別のことも" not in clinic.read("director")


async def test_nothing_is_sent_again_before_the_number_was_read_by_two(clinic: Clinic) -> None:
    """First whoever got it is called."""
    await begun(clinic, "mis_sent")

    assert "2人で読み合わせて" in await clinic.says("reception", "もう一回送り直していい？")
