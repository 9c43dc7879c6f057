"""What is said in words that have one meaning where they stand: taken on, given up, back again, or nothing at all."""

from __future__ import annotations

import json

import pytest

from playbooks.wants.names import saying_in
from tests.clinic import Clinic


@pytest.mark.parametrize("text", ["引き受けます", "はい、わたしがやります", "代わります", "いいよ、やる"])
async def test_who_takes_on_what_is_offered_has_it(clinic: Clinic, text: str) -> None:
    """Somebody leads; the card of whoever went is on offer, and the words mean it, not the charge."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("reception", "帰ります")
    await clinic.says("deputy", text)

    has = clinic.run().open_step_of(clinic.id("deputy"))
    assert has is not None
    assert has.step == "this_machine"


@pytest.mark.parametrize("text", ["全部できた", "ぜんぶ終わりました！", "all finished", "I've done everything"])
async def test_all_of_it_is_done(clinic: Clinic, text: str) -> None:
    """It means the writer's own card, whose buttons come; nobody else is told that things get worse."""
    await clinic.incident()
    before = len(clinic.of("director"))
    assert "[5 全部できました]" in await clinic.says("reception", text)
    assert len(clinic.of("director")) == before


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("Can you speak English?", "language"),
        ("do you speak english", "language"),
        ("I'm with a patient", "cannot_now"),
        ("sorry I'm still with my patient", "cannot_now"),
        ("リーダー代わります", "accept"),
        ("全部できなかった", ""),
        ("全部できましたか？", "status"),
        ("I'm with the vendor", ""),
    ],
)
def test_what_has_one_meaning_is_not_weighed(text: str, saying: str) -> None:
    """And what asks or denies it is none."""
    assert saying_in(text) == saying


@pytest.mark.parametrize("playbook", ["ehr_outage", ""])
async def test_all_done_is_no_trouble(clinic: Clinic, playbook: str) -> None:
    """Neither an attack in an outage nor a report on a quiet day; nor is a bare number news of other machines."""
    if playbook:
        await clinic.incident(playbook)
    before, runs = len(clinic.of("director")), len(clinic.engine.runs())
    for text in ("全部できた", "全部終わりました", "全部", "全員いる", *(["3台", "全部撮った"] if playbook else [])):
        await clinic.says("reception", text)

    assert (len(clinic.of("director")), len(clinic.engine.runs())) == (before, runs)


async def test_whether_all_is_done_is_asked_of_the_run(clinic: Clinic) -> None:
    """Its question brings the board; that it may be done offers the step; neither goes to who decides as trouble that grows."""
    await clinic.incident("ehr_outage")
    before = len(clinic.of("director"))
    assert "現場の進行役: 佐藤さん" in await clinic.says("nurse", "全部できましたか")
    assert "この手順のことですか" in await clinic.says("nurse", "全部できたと思う")

    assert len(clinic.of("director")) == before


@pytest.mark.parametrize("text", ["全部消した", "全部切った", "全部英語", "全員分のデータが消えた"])
def test_all_of_it_is_not_always_done(text: str) -> None:
    """What somebody wiped or switched off is weighed as before."""
    assert saying_in(text) == ""


async def test_who_agrees_wants_nothing(clinic: Clinic) -> None:
    """「いいですよ」 is kept, and nobody is warned of it."""
    await clinic.incident()
    before = len(clinic.of("director"))
    for text in ("いいですよ", "大丈夫ですよ", "お願いします"):
        assert "記録しました" in await clinic.says("deputy", text)

    assert len(clinic.of("director")) == before
    assert not clinic.entries("plea_heard")


async def test_who_goes_in_other_words_is_gone_and_comes_back(clinic: Clinic) -> None:
    """「帰るわ あと頼む」, then 「やっぱりまだいます」."""
    await clinic.incident()
    assert "お疲れさまでした" in await clinic.says("reception", "帰るわ あと頼む")
    assert clinic.run().open_step_of(clinic.id("reception")) is None

    await clinic.says("reception", "やっぱりまだいます")
    assert clinic.run().presence[clinic.id("reception")][0] == "here"


@pytest.mark.parametrize("text", ["今手が離せへん", "すみません、手が離せません"])
async def test_no_hands_is_no_other_matter(clinic: Clinic, text: str) -> None:
    """Who has no step isn't asked whether it is the same thing, and whoever leads hears of no second one."""
    await clinic.incident()
    assert "同じ件" not in await clinic.says("deputy", text)
    await clinic.passes(4)

    assert "別のことも起きている" not in "".join(clinic.of("director"))


@pytest.mark.parametrize("text", ["写真はとれません", "カメラが壊れてます", "I can't take a photo"])
async def test_no_photo_in_any_words_is_the_lines_answer(clinic: Clinic, text: str) -> None:
    """The card goes on without it."""
    await clinic.incident()
    await clinic.says("reception", text)

    [settled] = [json.loads(e.body) for e in clinic.entries("line_settled")]
    assert (settled["line"], settled["answer"], settled["settles"]) == ("photograph", "cannot", True)


async def test_a_plug_that_stays_in_is_told_to_whoever_leads(clinic: Clinic) -> None:
    """Their words are the reason; nobody is told that patients come first."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("reception", "抜けません 爪が折れてる")

    assert "患者さんが先" not in shown
    assert "爪が折れてる" in clinic.read("director")


@pytest.mark.parametrize(
    "text",
    ["院長が帰ります", "写真を送りました", "線を抜きました", "もう無理です", "患者さんは大丈夫ですよ", "使えません"],
)
def test_what_may_mean_more_is_weighed(text: str) -> None:
    """Only whole texts are so plain."""
    assert saying_in(text) == ""


@pytest.mark.parametrize("text", ["わからない", "どれでもない", "何かおかしい・よくわからない", "I don't know"])
async def test_whoever_cannot_say_what_it_is_goes_on_at_once(clinic: Clinic, text: str) -> None:
    """Written, it does what the button does; it went to others as a question, and the reporter waited."""
    await clinic.says("reception", "電子カルテが止まった")
    await clinic.says("reception", text)
    run = clinic.run()
    assert run.playbook is not None
    assert (run.playbook.playbook, run.pleas) == ("unknown", {})


@pytest.mark.parametrize(
    "text",
    [
        "助かりました、ありがとう",
        "おはようございます、今日もよろしくお願いします",
        "お昼どうします？",
        "よい週末を",
        "Thanks a lot!",
    ],
)
async def test_small_talk_is_answered_and_asked_nothing(clinic: Clinic, text: str) -> None:
    """While nothing goes on: thanks, greetings, lunch."""
    shown = await clinic.says("reception", text)

    assert "何かおかしいと思ったら" in shown
    assert "いま何か起きていますか" not in shown
