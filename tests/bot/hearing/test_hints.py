"""What sounds like trouble while nothing is known to go on: what must not be done is said at once, and nothing vanishes in silence."""

from __future__ import annotations

import pytest

from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.clinic import Clinic

ASKED = "いま何か起きていますか"

SUPPOSED = {
    "火事になったらどうしたら": "まず外へ",
    "患者さんが倒れたらどうする？": "携帯から119",
    "停電したらどうする？": "受付は紙で続ける",
    "地震のときは？": "頭と体を守る",
    "もし画面に英語が出たらどうすれば": "さわらない",
    "what do we do if the computer is encrypted?": "さわらない",
}
"""What is asked in case it happens: the first words are for then, and say so on top."""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("電源切ってもいいですか", "電源は切らないで"),
        ("can I reboot it", "電源は切らないで"),
        ("もう電源切っちゃいました", "もうさわらないで"),
        ("線抜いていい？", "LANの線は抜いて"),
        ("線抜いたらいいの", "LANの線は抜いて"),
        ("電源って切っていいの?", "電源は切らないで"),
        ("コンセント抜いたらええの", "電源は切らないで"),
        ("should I just restart it", "電源は切らないで"),
        ("患者さんの心電計の電源抜いていいですか", "まず患者さんを見て"),
        *SUPPOSED.items(),
        ("身代金払えって出てるけど払っていい？", "払わないで"),
        ("人工呼吸器の電源入れ直していいですか", "まず患者さんを見て"),
        ("血圧の機械がエラー", "まず患者さんを見て"),
        ("😱", "電源は切らない・何も消さない"),
    ],
)
async def test_what_must_not_be_done_is_said_before_it_is_known_what_goes_on(
    clinic: Clinic, text: str, answer: str
) -> None:
    """Then they are asked whether anything does."""
    shown = await clinic.says("reception", text)
    assert answer in shown.partition(ASKED)[0]
    assert ASKED in shown
    assert ("もし起きたときは:" in shown) is (text in SUPPOSED)
    assert clinic.engine.runs() == []


async def test_who_reports_and_asks_reads_both_answers(clinic: Clinic) -> None:
    """That nothing is to be paid, and the first words of what they report."""
    shown = await clinic.says("reception", "画面が真っ赤で身代金を払えと出ています。カードで払っていいですか？")
    assert "払わないでください" in shown
    assert "電源は切らない" in shown
    assert len(clinic.engine.runs()) == 1


async def test_what_nobody_answers_is_read_by_those_who_decide(clinic: Clinic) -> None:
    """Once, with what was written; whoever wrote it reads who knows, and one tap of a decider makes it the writer's report."""
    await clinic.says("reception", "もう電源切っちゃいました")
    await clinic.says("reception", "お茶いれました")
    clinic.seen.clear()
    await clinic.passes(1)
    assert clinic.entries("hint_closed") == []
    await clinic.passes(3)
    assert "もう電源切っちゃいました" in clinic.read("director")
    assert "高橋" in clinic.read("reception")
    assert len(clinic.entries("hint_closed")) == 1

    await clinic.says("director", "はい、いま")
    assert [(run.reporter, run.text) for run in clinic.engine.runs()] == [
        (clinic.id("reception"), "もう電源切っちゃいました")
    ]


async def test_who_reports_something_since_has_said_what_it_is(clinic: Clinic) -> None:
    """The hint is part of what they report: those who decide read the report, and nothing of a hint beside it."""
    await clinic.says("reception", "もう電源切っちゃいました")
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    assert len(clinic.engine.runs()) == 1
    clinic.seen.clear()
    await clinic.passes(4)
    assert len(clinic.entries("hint_closed")) == 1
    assert "もう電源切っちゃいました" not in clinic.read("director")


@pytest.mark.parametrize("answer", ["いいえ", "相談だけ", "はい、いま"])
async def test_who_says_what_it_is_has_said_it(clinic: Clinic, answer: str) -> None:
    """Nobody else hears of a hint any more."""
    await clinic.says("reception", "もう電源切っちゃいました")
    await clinic.says("reception", answer)
    clinic.seen.clear()
    await clinic.passes(4)
    assert "返事がありません。声を" not in clinic.read("director")


async def test_what_is_small_talk_is_told_to_nobody(clinic: Clinic) -> None:
    """It is asked about, and drops."""
    await clinic.says("reception", "お茶いれました")
    clinic.seen.clear()
    await clinic.passes(10)
    assert clinic.read("director") == ""


async def test_who_reads_english_is_told_in_english(clinic: Clinic) -> None:
    """The advice and the question."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"language": "en"}), "director")
    shown = await clinic.says("nurse", "can I restart the computer?")
    assert "do not restart it" in shown
    assert "going on" in shown


async def test_small_talk_is_answered_and_nothing_asked(clinic: Clinic) -> None:
    """With a smile behind it, too."""
    for text in ("ありがとう😊", "おはようございます〜", "👍", "寒いですね"):
        assert "何か起きていますか" not in await clinic.says("reception", text)


async def test_what_is_asked_in_case_it_happens_says_so_in_english(clinic: Clinic) -> None:
    """The line stands in front of both kinds of first words."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"language": "en"}), "nurse")
    for text in ("what do we do if there is a fire?", "what do we do if the power goes out?"):
        assert (await clinic.says("nurse", text)).startswith("If it happens:")
    assert "If it happens:" not in await clinic.says("nurse", "there is a fire in the kitchen")


async def test_who_may_be_accused_by_what_nobody_explains_is_not_the_one_to_look(clinic: Clinic) -> None:
    """The deputy did something that may do harm, and its writer doesn't say whether it did: the director alone reads it."""
    text = "田中さんがサーバーの電源を落としました、なんか変です"
    assert ASKED in await clinic.says("nurse", text)
    await clinic.passes(5)

    assert text in clinic.read("director")
    assert clinic.of("deputy") == []
