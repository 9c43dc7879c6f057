"""A colleague may have taken data: what those outside the circle type and see while it goes on."""

from __future__ import annotations

from tests.clinic import Clinic

TITLE = "情報の取り扱いの確認"


async def in_confidence(clinic: Clinic, answer: str) -> str:
    """Let reception report a colleague and say who may know; gives the run."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    assert "どなたにも知らせていません" in await clinic.says("reception", "職員の持ち出し・のぞき見が心配")
    await clinic.says("reception", answer)
    assert (clinic.run().playbook or clinic.run()).playbook == "insider"
    return clinic.run().id


async def test_whoever_is_left_out_sees_nothing_anywhere(clinic: Clinic) -> None:
    """The deputy is the one: no message, no list, no document; what they and the nurse type is heard as if no run were open."""
    deputy = clinic.engine.roster().member(clinic.id("deputy"))
    assert deputy is not None
    run = await in_confidence(clinic, f"{deputy.name}さん以外に知らせる")
    await clinic.says("director", "確認しました")
    before = {who: len(clinic.of(who)) for who in ("deputy", "nurse")}

    for who in ("deputy", "nurse"):
        for word in ("/status", "/runs", "/duties", "/explain", "/decide", "/close", "/report"):
            assert TITLE not in await clinic.says(who, word)
        for button in (f"menu|run|{run}", f"now|{run}", f"tke|{run}", f"big|{run}|urgent"):
            assert TITLE not in await clinic.does(who, button=button)
        assert "いま何か起きていますか" in await clinic.says(who, "今日のおやつは何ですか")
        await clinic.says(who, "いいえ")
    await clinic.passes(90)

    assert all(TITLE not in text for who in before for text in clinic.of(who))
    assert not any(e.actor in (clinic.id("deputy"), clinic.id("nurse")) for e in clinic.entries(run=run))
    assert TITLE in clinic.read("director")


async def test_an_outage_meanwhile_is_reported_as_ever(clinic: Clinic) -> None:
    """The nurse isn't asked whether it is the same thing: of the other she doesn't know."""
    case = await in_confidence(clinic, "この人たちでよい")

    assert "同じ件" not in await clinic.says("nurse", "電子カルテが動かない、画面に英語が出てる")

    assert clinic.run().id != case
    assert clinic.run().reporter == clinic.id("nurse")
