"""What was ticked and isn't so: whoever wrote it may take the tick back with one tap, and whoever leads reads it at once."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic

LEAD = "LANの線を抜く（電源はそのまま）"


@pytest.fixture
async def ticked(clinic: Clinic) -> Clinic:
    """An attack that the director leads; reception ticked the lead first, and the radio after it."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("reception", "[☐ ②]")
    await clinic.says("reception", "[☐ ③]")
    return clinic


def stands(clinic: Clinic) -> set[str]:
    """Give the lines that stand as done."""
    return {step.partition("/")[2] for (_, step), how in clinic.run().answered.items() if how.answer == "done"}


@pytest.mark.parametrize(
    "text",
    [
        "LAN抜いたのは別のパソコンだった",
        "やっぱ抜いたの電話の線だった",
        "抜いた線、プリンターのやつでした",
        "抜いたのは隣の機械のほうかも",
        "まだつながってた",
        "抜いたつもりだったけどまだささってた",
        "線を抜いたと思ったら違った",
        "LAN抜けてなかったです、すみません",
        "sorry it's still plugged in",
        "I thought I unplugged it but it was the wrong one",
    ],
)
async def test_a_line_that_was_ticked_opens_again_with_one_tap(ticked: Clinic, text: str) -> None:
    """The offer names the line, though another was ticked since; the other stays, and nothing is undone by the words alone."""
    before, mark = stands(ticked), len(ticked.of("director"))
    shown = await ticked.says("reception", text)
    assert LEAD in shown
    assert stands(ticked) == before
    assert text in "\n".join(ticked.of("director")[mark:])

    assert "抜いた線は差さないで" in await ticked.says("reception", "[戻す]")
    assert len(before - stands(ticked)) == 1


@pytest.mark.parametrize("text", ["佐藤さんの線、まだつながってた", "受付のLAN抜けてなかったです"])
async def test_who_ticked_what_a_colleague_sees_undone_is_offered_it(ticked: Clinic, text: str) -> None:
    """With the colleague's words; nobody takes back another's answer."""
    mark = len(ticked.of("reception"))
    shown = await ticked.says("nurse", text)

    assert "戻す" not in shown
    assert text in "\n".join(ticked.of("reception")[mark:])
    assert "戻す" in ticked.of("reception")[-1]
    assert "まだのようです" in ticked.read("director")


@pytest.mark.parametrize("text", ["電話はまだつながってます", "抜いたのは受付の線です", "まだ抜けてないですか？"])
async def test_what_denies_no_tick_takes_nothing_back(ticked: Clinic, text: str) -> None:
    """What still works, what was pulled, and a question."""
    assert "[1 戻す]" not in await ticked.says("reception", text)
