"""What is said of something that was lost, while people look for it."""

import pytest

from playbooks.wants.names import said_of_lost
from tests.clinic import Clinic


async def _lost(clinic: Clinic) -> None:
    await clinic.says("reception", "往診用のタブレットがない")
    await clinic.passes(4)
    await clinic.says("director", "対応の責任者になる")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("拾った人から電話がありました", ("found",)),
        ("駅員さんが預かってくれてます", ("found",)),
        ("拾得物として届いてるって警察から電話", ("found",)),
        ("someone found it and called us", ("found",)),
        ("駅に電話したらあるって言われた！", ("found",)),
        ("駅に電話したらないって言われた", ()),
        ("見つかったけど誰かが触ったかも", ("handled", "found")),
        ("見つかりましたが、ロックが外れていました", ("handled", "found")),
        ("拾った人が中を見たと言っています", ("handled", "found")),
        ("お店の人が中を見たみたい", ("handled",)),
        ("誰かが開いた形跡があります", ("handled",)),
        ("まだ届いていません", ()),
        ("見つかったら連絡します", ()),
        ("拾った人がいないか聞いています", ()),
        ("メールが届いています", ()),
        ("お店の人が防犯カメラを見たみたい", ()),
        ("誰も触っていないと言っています", ()),
        ("拾った人はいますか？", ()),
    ],
)
def test_what_is_said_of_what_was_lost(text: str, says: tuple[str, ...]) -> None:
    """Somebody has it, or may have looked into it; what is denied, asked, or of another thing is neither."""
    assert said_of_lost(text) == says


async def test_nothing_left_is_said_only_where_nothing_is(clinic: Clinic) -> None:
    """Whoever takes charge of a search reads what is open, though no hands and no call are asked for yet."""
    await _lost(clinic)
    relief = next(text for _, text in clinic.seen if "あなたが対応の責任者です" in text)
    assert "まだのこと: なくした物は何" in relief


async def test_who_hears_that_it_is_found_lets_the_search_end_with_one_tap(clinic: Clinic) -> None:
    """Whoever looks for it, and whoever leads, have the button at once, whoever wrote it."""
    await _lost(clinic)
    clinic.seen.clear()
    await clinic.says("nurse", "拾った人から電話がありました")
    assert all("見つかりました]" in clinic.read(who) for who in ("reception", "director"))

    await clinic.says("reception", "見つかりました")
    assert (clinic.run().facts["found"], clinic.run().tracks["containment"].step) == ("yes", "found_how")
    assert "locking" not in clinic.run().tracks


async def test_that_it_may_have_been_seen_is_for_those_who_decide(clinic: Clinic) -> None:
    """The text alone changes nothing; their tap makes it known, and what was seen is looked into."""
    await _lost(clinic)
    await clinic.says("reception", "見つかりました")
    shown = await clinic.says("reception", "お店の人が中を見たみたい")
    assert "さわられた様子]" in shown
    assert "人前で話さない" not in shown
    assert clinic.run().facts.get("back") is None
    assert "見られたおそれ" not in clinic.read("deputy") + clinic.read("reception")

    await clinic.says("director", "見られたおそれありで進める")
    assert (clinic.run().facts["back"], clinic.run().facts["searched"]) == ("handled", "yes")
    assert clinic.run().tracks["assessment"].open
    assert "こちらで見ます" in clinic.read("reception")


async def test_what_is_said_of_it_before_it_is_opened_is_no_other_report(clinic: Clinic) -> None:
    """「見つかったけど誰かが触ったかも」 belongs to the tablet, though it sounds like somebody in the machines."""
    await clinic.says("reception", "往診用のタブレットがない")
    assert "加えました" in await clinic.says("reception", "見つかったけど誰かが触ったかも")
    assert [run.id for run in clinic.engine.live_runs()] == ["incident-1"]
