"""Whoever asks, corrects, orders or wants to end something in an incident is answered, or heard by whoever decides; nothing is done by words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flows.commands.people import TakeCommand
from flows.state.run import Run
from tests.clinic import Clinic, open_clinic

ASKED = Path(__file__).parents[3] / "playbooks" / "sentences" / "asked.tsv"
"""Sentences of one who built this, as people put them: dialect, without signs, one word, English. Each is a plea, or a mere note."""

KEPT = ("記録しました", "Recorded for")
ASKS = ("質問です", "It's a question")
PASSED_ON = ("にも見せます", "will see it")


async def led(clinic: Clinic) -> Run:
    """Let the director lead what reception reported."""
    run = await clinic.incident()
    clinic.orders(TakeCommand(run.id))
    await clinic.stage.settle()
    return clinic.run()


def new(clinic: Clinic, who: str, before: int) -> str:
    """Give what somebody was shown since."""
    return "\n".join(text for part, text in clinic.seen[before:] if part == who)


@pytest.mark.long
async def test_no_plea_is_only_kept(tmp_path: Path) -> None:
    """Of some two hundred, each is answered, heard by somebody who decides, or its writer is asked and it is passed on by itself.

    None ticks, closes, calls off, hands the lead over or rings: what stands after it is what stood before.
    """
    only_kept, did = [], []
    with ASKED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows):
        clinic = open_clinic(tmp_path / str(number))
        run = await led(clinic)
        before = (run.state, dict(run.answered), run.commander, run.grade, len(clinic.engine.runs()))
        seen = len(clinic.seen)
        await clinic.says(row["who"], row["text"])
        read = new(clinic, row["who"], seen)
        heard = any(part != row["who"] and row["text"][:6] in text for part, text in clinic.seen[seen:])
        notes = [text for text in read.split("\n\n") if any(kept in text for kept in KEPT)]
        asked = any(passes in read for passes in PASSED_ON)
        if row["kind"] == "plea" and notes and not heard and not asked and "🔒" not in read:
            only_kept.append(row["text"])
        after = clinic.run(run.id)
        if (after.state, dict(after.answered), after.commander, after.grade, len(clinic.engine.runs())) != before:
            did.append(row["text"])
        clinic.home.close()

    assert only_kept == []
    assert did == []
    assert sum(row["kind"] == "plea" for row in rows) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "違った、佐藤さんじゃなくて鈴木さん",
        "あっ直ってなかった",
        "時間まちがえてました 9時じゃなくて8時半です",
        "さっき送ったの違います",
        "違う、抜いたのは受付じゃなくて診察室",
        "sorry, i meant room 2 not room 1",
    ],
)
async def test_a_correction_of_what_cannot_be_taken_back_reaches_whoever_leads(clinic: Clinic, text: str) -> None:
    """It was read as it stood before; of the leader's own everybody is offered to read it."""
    await led(clinic)
    before = len(clinic.seen)
    await clinic.says("reception", text)
    assert "先ほどの話は、違ったそうです" in new(clinic, "director", before)

    assert "まだ、だれにも伝わっていません" in await clinic.says("director", "違った、佐藤さんじゃなくて鈴木さん")


@pytest.mark.parametrize(
    "text", ["直ったのでもう使っています", "動いたので電カル入力はじめました", "it works again so i am using it"]
)
async def test_what_works_and_is_used_again_reaches_whoever_leads_with_what_follows(clinic: Clinic, text: str) -> None:
    """Whoever uses it reads in the same moment that it may not be used yet."""
    await led(clinic)
    before = len(clinic.seen)
    shown = await clinic.says("reception", text)

    assert "紙で続けます" in new(clinic, "director", before)
    assert "もう使っているそうです" in new(clinic, "director", before)
    assert "紙で続けます" in shown or "Go on with paper" in shown


@pytest.mark.parametrize("text", ["紙で回してるので会計始めてます", "直ったので使っていいですか", "直りました"])
async def test_what_is_not_in_use_again_is_no_such_news(clinic: Clinic, text: str) -> None:
    """Work on paper, a question, and that it works."""
    await led(clinic)
    await clinic.says("reception", text)

    assert "もう使っているそうです" not in clinic.read("director")


@pytest.mark.parametrize(
    "text", ["全部直ったので終わります", "ごめんごめん終わり", "もう解散", "これで解決、みんなありがとう"]
)
async def test_words_that_end_offer_the_end_to_whoever_may(clinic: Clinic, text: str) -> None:
    """They hand no lead over and close nothing; whoever may not is heard by whoever may."""
    run = await led(clinic)
    assert "まだ終了できません" in await clinic.says("director", text)
    await clinic.says("reception", text)

    assert "終了する" in clinic.read("director")
    assert (clinic.run().state, clinic.run().commander, clinic.run().handed_to) == (
        run.state,
        clinic.id("director"),
        {},
    )


async def test_a_false_alarm_in_english_is_offered_to_whoever_decides(clinic: Clinic) -> None:
    """With the button that calls it off; the incident goes on until then."""
    run = await led(clinic)
    await clinic.says("reception", "false alarm lol")

    assert "誤報だった" in clinic.of("director")[-1]
    assert clinic.run().state == run.state


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("佐藤さんは電話、鈴木さんは患者さん", {"reception", "nurse"}),
        ("受付は電話、看護師は待合", {"reception", "nurse"}),
        ("LANを抜いて。レントゲン以外", {"reception", "nurse", "deputy"}),
        ("電源は切るな", {"reception", "nurse", "deputy"}),
        ("電源を切らないで、LANだけ抜いて", {"reception", "nurse", "deputy"}),
        ("患者さんは断って。急患は受ける", {"reception", "nurse", "deputy"}),
        ("誰もパソコンさわるな", {"reception", "nurse", "deputy"}),
        ("午後は休診", {"reception", "nurse", "deputy"}),
        ("警察に電話して", {"reception", "nurse", "deputy"}),
        ("佐藤さん大丈夫?", {"reception"}),
    ],
)
async def test_what_whoever_leads_orders_or_asks_goes_to_whom_it_is_for(
    clinic: Clinic, text: str, to: set[str]
) -> None:
    """In their words, without any name too; nobody scolds them for what they forbid."""
    await led(clinic)
    before = len(clinic.seen)
    shown = await clinic.says("director", text)

    assert {part for part, said in clinic.seen[before:] if text in said and part != "director"} == to
    assert "してはいけないことを" not in clinic.read("deputy")
    assert "記録しました" not in shown


@pytest.mark.parametrize(
    "text", ["佐藤さんは電話中、鈴木さんは患者さん対応中", "患者さんが来て", "電話が鳴ってて", "業者は9時半に来る"]
)
async def test_what_whoever_leads_only_tells_is_no_order(clinic: Clinic, text: str) -> None:
    """Who is where, and what happens."""
    await led(clinic)
    before = len(clinic.seen)
    await clinic.says("director", text)

    assert "お願いです" not in "\n".join(said for part, said in clinic.seen[before:] if part != "director")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("記録は消しておいて", "それはできません"),
        ("チャットの履歴消せる？", "それはできません"),
        ("なかったことにして", "それはできません"),
        ("個人情報は漏れてないことにして", "それはできません"),
        ("警察には言わないで", "個人情報保護法26条"),
        ("患者には黙っとけ", "個人情報保護法26条"),
        ("届け出はせんでええ", "個人情報保護法26条"),
    ],
)
async def test_whoever_leads_reads_why_what_they_order_may_not_be(clinic: Clinic, text: str, why: str) -> None:
    """Nobody else gets it as an order."""
    await led(clinic)
    before = len(clinic.seen)
    assert why in await clinic.says("director", text)

    assert "お願いです" not in "\n".join(said for part, said in clinic.seen[before:] if part != "director")


@pytest.mark.parametrize("text", ["マスコミには何も言うな", "犯人には返事しないで", "まだ警察に言っていません"])
async def test_what_may_well_be_left_unsaid_is_no_hiding(clinic: Clinic, text: str) -> None:
    """To the press, to whoever attacked; nor is what was not done yet."""
    await led(clinic)

    assert "個人情報保護法26条" not in await clinic.says("director", text)


@pytest.mark.parametrize("text", ["一人やねん 誰もおらん", "いま私だけです", "i am alone here"])
async def test_whoever_is_alone_reads_what_is_enough_and_those_who_decide_hear_of_it(clinic: Clinic, text: str) -> None:
    """Both of them at once: the first may be who can't be reached."""
    await led(clinic)
    shown = await clinic.says("reception", text)

    assert "ここまでで十分" in shown or "this is enough" in shown
    assert "ひとりだそうです" in clinic.read("director")
    assert "ひとりだそうです" in clinic.read("deputy")


@pytest.mark.parametrize("text", ["いつまでに役所に報告?", "何時までに報告", "役所へはいつまでに届けるんですか"])
async def test_a_deadline_is_told_without_a_colleague(clinic: Clinic, text: str) -> None:
    """The bot knows it."""
    await led(clinic)
    before = len(clinic.seen)

    assert "個人情報保護委員会" in await clinic.says("reception", text)
    assert not any(part != "reception" for part, _ in clinic.seen[before:])


async def test_all_lines_but_one_are_done_by_its_number(clinic: Clinic) -> None:
    """What takes more than a tap is asked for; the line that was named stays open."""
    await clinic.incident()
    shown = await clinic.says("reception", "③以外できました")
    card = clinic.run().open_step_of(clinic.id("reception"))
    assert card is not None
    done = {place.partition("/")[2] for (_, place), how in clinic.run().answered.items() if how.answer == "done"}

    lines = list(clinic.run().step(card).lines)
    assert "全部できました" not in shown
    assert done == {lines[1], lines[3]}


@pytest.mark.parametrize("text", ["田中さんが返事しません", "院長から返事がない", "the director is not answering"])
async def test_a_colleague_who_does_not_answer_is_no_danger(clinic: Clinic, text: str) -> None:
    """Outside, their number; in an incident, whoever decides hears of it."""
    assert "119" not in await clinic.says("reception", text)
    await led(clinic)
    await clinic.says("reception", text)
    assert "連絡がつきません" in clinic.read("director")

    assert "119" in await clinic.says("nurse", "田中さんが呼んでも返事しません")


async def test_small_talk_bothers_nobody_in_an_incident(clinic: Clinic) -> None:
    """It is kept, with a button for whoever means it."""
    await led(clinic)
    before = len(clinic.seen)

    assert "質問です" in await clinic.says("reception", "飲み会どうする?")
    assert new(clinic, "director", before) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("パスワードの紙がなくなった", "端末やUSB・書類がなくなった"),
        ("IDカードなくしました", "端末やUSB・書類がなくなった"),
        ("パスワードを変えろって画面に出た", "出てきた画面やメールからは、変えないで"),
        ("パスワードが違いますって出る", "もう一度だけ"),
        ("the screen shows English ransom text", "画面に脅し文・読めない英語が出た"),
    ],
)
async def test_passwords_and_cards_are_taken_for_what_they_are(clinic: Clinic, text: str, says: str) -> None:
    """What is lost is lost, what a screen asks for is not done, and a wrong password is no intruder."""
    assert says in await clinic.says("reception", text)


CONFIDED = "佐藤さんが患者さんの情報を友達に話しているみたいです。内緒で相談したい"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("もし私が言ったってバレたら", "公益通報者保護法"),
        ("くびになりますか", "公益通報者保護法"),
        ("やっぱりなかったことに", "だれにも知らせない"),
        ("すぐ対応してほしい", "だれにも知らせない"),
        ("警察に行ったほうがいいですか", "だれにも知らせない"),
        ("消してください", "だれにも知らせない"),
    ],
)
async def test_what_is_asked_in_confidence_is_answered(clinic: Clinic, text: str, answer: str) -> None:
    """Nobody else can: so each text brings an answer, or the choice that is theirs; nobody else reads anything."""
    await clinic.says("nurse", CONFIDED)
    before = len(clinic.seen)
    assert answer in await clinic.says("nurse", text)

    assert {part for part, _ in clinic.seen[before:]} == {"nurse"}
    assert clinic.run().state == "reported"
