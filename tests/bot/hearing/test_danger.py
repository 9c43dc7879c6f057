"""When somebody is in danger, nothing comes before it: inside a run and outside, in a drill and in earnest."""

from __future__ import annotations

from tests.clinic import Clinic

LINE = "携帯から119"


async def test_a_person_in_danger(clinic: Clinic) -> None:
    """Whoever writes is told whom to call, without a button; half a minute later everybody is rung without them."""
    shown = await clinic.says("nurse", "患者さんが倒れました")
    assert LINE in shown
    assert shown.index(LINE) < shown.index("30秒後に")
    assert clinic.engine.live_runs() == []
    assert "🆘" not in clinic.read("director")

    await clinic.passes(1)

    for who in ("director", "deputy", "reception"):
        assert "人が危険です" in clinic.read(who)
        assert "患者さんが倒れました" in clinic.read(who)


async def test_taken_back_in_time(clinic: Clinic) -> None:
    """Nobody hears of it."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says("nurse", "[まちがいでした]")
    await clinic.passes(2)

    assert "🆘" not in clinic.read("director")


async def test_a_doubt_is_the_writers(clinic: Clinic) -> None:
    """They get the line; a tap rings everybody at once, and one more tells them that it is over."""
    shown = await clinic.says("nurse", "利用者さんが亡くなっているかも")
    assert LINE in shown
    await clinic.passes(2)
    assert "🆘" not in clinic.read("director")

    await clinic.says("nurse", "[今、人が危ない]")
    assert "人が危険です" in clinic.read("director")

    await clinic.says("nurse", "[もう危なくない]")
    assert "取り消しました" in clinic.read("director")


async def test_fire(clinic: Clinic) -> None:
    """Out first; then it is asked what it is, and a minute of silence opens the disaster."""
    shown = await clinic.says("reception", "給湯室が燃えてます")

    assert shown.index("まず外へ") < shown.index("いちばん近いもの")
    assert clinic.engine.live_runs()[0].candidates[0] == "disaster"


async def test_in_the_middle_of_an_incident(clinic: Clinic) -> None:
    """It is told the same way, is no answer to a step, and stands in the record."""
    run = await clinic.incident()
    shown = await clinic.says("nurse", "患者さんが倒れました")

    assert LINE in shown
    assert [note.text for note in clinic.run(run.id).notes.values()] == ["患者さんが倒れました"]


async def test_in_the_middle_of_a_drill(clinic: Clinic) -> None:
    """The words are the real ones; nobody is rung until somebody says that it is real, which ends the drill."""
    drill = await clinic.drill()
    shown = await clinic.says("nurse", "患者さんが本当に倒れました")
    assert LINE in shown
    await clinic.passes(2)
    assert "🆘" not in clinic.read("director")

    await clinic.says("nurse", "[本当です]")

    assert "人が危険です" in clinic.read("director")
    assert not clinic.run(drill.id).live


async def test_the_address_is_at_hand(clinic: Clinic) -> None:
    """What 119 asks for first stands there, if it is registered."""
    shown = await clinic.says("nurse", "火事です")

    assert "今いる場所の住所" in shown
