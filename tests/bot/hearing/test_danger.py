"""When somebody is in danger, nothing comes before it: inside a run and outside, in a drill and in earnest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import Attachment
from flows.commands.facility import AskMember
from flows.record.journal import FACILITY
from tests.clinic import Clinic

LINE = "携帯から119"
RINGS = "手のあく人は"


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
    await clinic.says("nurse", "[間違いでした]")
    await clinic.passes(2)

    assert "🆘" not in clinic.read("director")


async def test_no_mistake_after_all(clinic: Clinic) -> None:
    """Who took it back and tells of it anew is believed, in however few words; without that a line would have done."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says("nurse", "[間違いでした]")
    await clinic.says("nurse", "うずくまってる")
    await clinic.passes(1)

    assert "人が危険です" in clinic.read("director")


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


@pytest.mark.parametrize("text", ["利用者さん宅です、利用者さんが息してない", "ご家族から電話、患者さんが息してない"])
async def test_at_a_patients_home_nobody_knows_where(clinic: Clinic, text: str) -> None:
    """Whoever is rung phones first, and takes no AED to an address that nobody has."""
    await clinic.says("nurse", text)
    await clinic.passes(1)

    rung = clinic.read("director")
    assert "人が危険です" in rung
    assert "鈴木さん（看護師）に電話してください" in rung
    assert "すぐその場へ" not in rung
    assert "AEDを持って" not in rung


async def test_what_is_noted_right_after_it_is_answered(clinic: Clinic) -> None:
    """What was told of the danger answers that text alone."""
    await clinic.incident()
    await clinic.says("nurse", "意識してないかも")
    assert LINE in clinic.read("nurse")

    assert "記録しました" in await clinic.says("nurse", "紙カルテは棚の上です")


async def test_fire(clinic: Clinic) -> None:
    """Out first; then it is asked what it is, and a minute of silence opens the disaster."""
    shown = await clinic.says("reception", "給湯室が燃えてます")

    assert shown.index("まず外へ") < shown.index("どれに近い")
    assert clinic.engine.live_runs()[0].candidates[0] == "disaster"


async def test_what_is_surely_a_report_as_well_is_asked_about(clinic: Clinic) -> None:
    """Who swallowed another's drug is in danger first; what was given to the wrong person stays a matter all the same."""
    shown = await clinic.says("nurse", "薬を間違えて渡した、患者さんが飲んだ")
    assert shown.index("30秒後に") < shown.index("違う人に送った・渡した")
    await clinic.passes(1)
    assert "人が危険です" in clinic.read("director")

    await clinic.says("reception", "患者さんが倒れました")
    assert len(clinic.engine.runs()) == 1


async def test_a_danger_that_waited_while_the_bot_was_off(clinic: Clinic) -> None:
    """Nobody is rung by itself for what was written half an hour ago; its writer and who decides read so, and one tap rings."""
    at = clinic.clock.now() - timedelta(minutes=35)
    shown = await clinic.does("nurse", text="患者さんが倒れました", at=at)
    assert "08:15のメッセージでは、まだだれも呼んでいません" in shown
    assert "携帯から119" in shown
    assert "30秒後に" not in shown
    for who in ("director", "deputy"):
        assert "「患者さんが倒れました」" in clinic.read(who)
    await clinic.passes(2)
    assert "人が危険です" not in clinic.read("reception")

    await clinic.says("director", "[今、人が危ない]")
    assert "人が危険です" in clinic.read("reception")


async def test_a_fresh_danger_is_not_taken_for_one_that_came_late(clinic: Clinic) -> None:
    """It rings, though somebody wrote of the same half an hour ago; so does what an old time of a clock stands at, once the bot is on."""
    await clinic.does("nurse", text="患者さんが倒れました", at=clinic.clock.now() - timedelta(minutes=35))
    await clinic.says("reception", "患者さんが倒れました")
    await clinic.passes(1)
    assert "人が危険です" in clinic.read("director")

    await clinic.passes(60)
    await clinic.does("deputy", text="受付で男が暴れてます", at=clinic.clock.now() - timedelta(minutes=40))
    await clinic.passes(1)
    assert "危険な人がいます" in clinic.read("director")


async def test_water_that_comes(clinic: Clinic) -> None:
    """Nobody is sent out into it: up, for whoever writes and for all who are rung."""
    assert "すぐ2階か高い所へ" in await clinic.says("nurse", "水が来てる、逃げられない")
    await clinic.passes(1)

    assert "すぐ2階か高い所へ" in clinic.read("director")
    assert "まず外へ" not in clinic.read("nurse")


async def test_in_the_middle_of_an_incident(clinic: Clinic) -> None:
    """It is told the same way, is no answer to a step, and stands in the record."""
    run = await clinic.incident()
    shown = await clinic.says("nurse", "患者さんが倒れました")

    assert LINE in shown
    assert [note.text for note in clinic.run(run.id).notes.values()] == ["患者さんが倒れました"]


async def test_in_the_middle_of_a_drill(clinic: Clinic) -> None:
    """The words are the real ones; nobody is rung before its time, unless somebody says that it is real, which ends the drill."""
    drill = await clinic.drill()
    shown = await clinic.says("nurse", "患者さんが倒れました")
    assert LINE in shown
    assert "🆘" not in clinic.read("director")

    await clinic.says("nurse", "[本当です]")

    assert "人が危険です" in clinic.read("director")
    assert not clinic.run(drill.id).live


async def test_the_address_is_at_hand(clinic: Clinic) -> None:
    """What 119 asks for first stands there, if it is registered."""
    shown = await clinic.says("nurse", "火事です")

    assert "今いる場所の住所" in shown


async def test_the_one_button_of_a_drill_means_the_danger(clinic: Clinic) -> None:
    """[本物の障害です] under a drill in which somebody wrote of a danger rings for it, as [本当です] does."""
    drill = await clinic.drill()
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says("reception", "[🚨 本物の障害です]")

    assert "人が危険です" in clinic.read("director")
    assert clinic.run(drill.id).state == "aborted"
    assert [run.mode for run in clinic.engine.runs()] == ["drill"]
    stopped = next(text for text in clinic.of("director") if "訓練中止" in text)
    assert stopped.startswith("訓練中止・実際の障害です")

    await clinic.does("deputy", button=f"menu|real|{drill.id}")
    assert [run.mode for run in clinic.engine.runs()] == ["drill"]


async def test_a_fire_in_a_drill(clinic: Clinic) -> None:
    """It opens the disaster in the name of whoever wrote of it, and rings."""
    await clinic.drill()
    await clinic.says("nurse", "給湯室が燃えてます")
    await clinic.says("reception", "[🚨 本物の障害です]")
    real = clinic.run()

    assert (real.mode, real.reporter) == ("incident", clinic.id("nurse"))
    assert real.playbook is not None
    assert real.playbook.playbook == "disaster"
    assert "火や煙です" in clinic.read("director")


@pytest.mark.parametrize("text", ["119に電話しました", "救急車呼びました", "救急車来ました", "消防車が来てます"])
async def test_help_that_was_called_is_no_danger(clinic: Clinic, text: str) -> None:
    """Nobody is rung or asked to dial; those who decide read it, and it is kept."""
    shown = await clinic.says("nurse", text)
    await clinic.passes(1)

    assert "119。" not in shown
    assert "高橋さん（院長）、田中さん（代行者）に知らせました" in shown
    assert text in clinic.read("director")
    assert "🆘" not in clinic.read("director")
    assert [e.kind for e in clinic.entries() if e.kind.startswith("danger")] == ["danger_told"]


async def test_help_is_on_its_way(clinic: Clinic) -> None:
    """After a collapse all who were rung hear that 119 was called, and later that it has eased; the incident goes on."""
    run = await clinic.incident()
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    called = await clinic.says("nurse", "119に電話しました")
    eased = await clinic.says("nurse", "意識戻りました、もう大丈夫です")
    await clinic.passes(2)

    assert "携帯から119" not in called + eased
    assert "記録しました" not in called + eased
    assert "よかったです" in eased
    for who in ("director", "deputy", "reception"):
        assert "119に電話しました" in clinic.read(who)
        assert "意識戻りました" in clinic.read(who)
        assert clinic.read(who).count("🆘") == 1
    assert "直ったそうです" not in clinic.read("director")
    assert clinic.run(run.id).live
    assert len(clinic.run(run.id).notes) == 3


async def test_without_a_danger_all_right_is_about_machines(clinic: Clinic) -> None:
    """Nobody is told that somebody came round."""
    await clinic.incident()
    await clinic.says("nurse", "もう大丈夫です")

    assert "直ったそうです" in clinic.read("director")


async def test_who_called_already_is_not_asked_to(clinic: Clinic) -> None:
    """The writer is told what is left to do, and the alarm says that 119 knows."""
    shown = await clinic.says("nurse", "患者さんが倒れて119に電話しました")
    await clinic.passes(1)

    assert "AED" in shown
    assert "119。" not in shown
    assert "もう電話したそうです" in clinic.read("director")


async def test_a_fire_is_reported_once(clinic: Clinic) -> None:
    """Each further text joins: its writer is told to get out, the others read it, nobody is rung twice and no second report opens."""
    await clinic.says("reception", "火事です")
    shown = await clinic.says("nurse", "2階から煙が出てます")
    assert "まず外へ" in shown
    await clinic.passes(1)
    await clinic.says("nurse", "給湯室も燃えてます")
    await clinic.says("deputy", "待合室が燃えてます")
    await clinic.passes(2)

    assert len(clinic.engine.live_runs()) == 1
    assert clinic.read("director").count("火や煙です") == 1
    assert "待合室が燃えてます" in clinic.read("director")
    assert clinic.read("nurse").count("まず外へ") == 1


async def test_a_second_person_may_be_somebody_else(clinic: Clinic) -> None:
    """Within minutes it counts as the same; one tap rings for another, and later it rings by itself."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    await clinic.says("reception", "患者さんが倒れています")
    await clinic.passes(1)
    assert clinic.read("director").count("人が危険です") == 1

    await clinic.says("reception", "[もう一度、全員を呼ぶ]")
    assert clinic.read("director").count("人が危険です") == 2
    await clinic.passes(5)
    await clinic.says("deputy", "患者さんが倒れました")
    await clinic.passes(1)
    assert clinic.read("director").count("人が危険です") == 3


async def test_a_danger_in_an_incident_is_one_thing_to_read(clinic: Clinic) -> None:
    """What is kept of it in the record isn't said beside."""
    await clinic.incident()
    shown = await clinic.says("nurse", "患者さんが倒れました")

    assert "記録しました" not in shown


@pytest.mark.parametrize("text", ["もう死にたい…", "I want to die"])
async def test_whoever_does_not_want_to_live(clinic: Clinic, text: str) -> None:
    """They read what helps, no 110; nobody else reads their words, not even when they ask for somebody, and none are kept."""
    await clinic.incident()
    shown = await clinic.says("reception", text)
    assert "ひとりでいないで" in shown
    assert "119" in shown
    assert "110" not in shown
    assert "記録しました" not in shown
    await clinic.passes(2)
    assert RINGS not in clinic.read("nurse")

    await clinic.says("reception", "[人に来てもらう]")
    assert "佐藤さん（受付）のところへ" in clinic.read("nurse")
    assert all(text not in clinic.read(who) for who in ("director", "deputy", "nurse"))
    assert all(text not in str(entry.body) for entry in clinic.entries())


async def test_a_patient_who_does_not_want_to_live(clinic: Clinic) -> None:
    """They are not left alone; what they are about to do is a danger to life."""
    shown = await clinic.says("nurse", "患者さんが死にたいと言ってます")
    assert "その方を、ひとりにしないで" in shown
    assert "110" not in shown

    shown = await clinic.says("reception", "患者さんが屋上から飛び降りようとしています")
    assert LINE in shown
    assert "30秒後に" in shown


async def test_whoever_nobody_enrolled(clinic: Clinic) -> None:
    """A stranger, however much they wrote before, and a group read whom to call and nothing of this place; nothing is kept."""
    head = clinic.home.journal.head().seq
    for _ in range(5):
        await clinic.does("x9", text="もしもし")
    await clinic.does("x9", text="患者さんが倒れました")
    await clinic.does("-100", place="group", text="受付が燃えてます", address="terminal:-100")

    assert LINE in clinic.read("x9")
    assert "まず外へ" in clinic.read("-100")
    assert clinic.home.journal.head().seq == head


async def test_wherever_it_is_typed(clinic: Clinic) -> None:
    """Where a number or a reason is awaited, under a photo, and put right afterwards: it is heard."""
    run = await clinic.incident()
    await clinic.does("director", button=f"end|{run.id}")
    assert LINE in await clinic.says("director", "10人倒れた")
    photo = Attachment("photo", "nowhere", "a.jpg")
    assert "まず外へ" in await clinic.does("nurse", text="給湯室から煙が出てます", attachment=photo)
    doubt = await clinic.does("deputy", text="利用者さんが亡くなっているかも", attachment=photo)
    assert LINE in doubt
    assert "30秒後に" not in doubt
    await clinic.does("reception", text="少々お待ちを", cause="telegram:1:9.1")
    assert LINE in await clinic.does("reception", text="患者さんがたおれた", cause="telegram:1:9.1.e5", edited="1")


async def test_what_is_told_in_setting_up(clinic: Clinic) -> None:
    """A place is no danger; a person who may be in one is told of beside the answer."""
    clinic.orders(AskMember(FACILITY, "improvement", {"run": "facility"}), "director")
    assert "119" not in await clinic.says("director", "院長室で倒れている棚の裏")
    assert LINE in await clinic.says("director", "患者さんが倒れているかもしれません")


@pytest.mark.parametrize("text", ["向かいます", "AED持って行きます", "I'm on my way"])
async def test_who_was_rung_comes(clinic: Clinic, text: str) -> None:
    """Whoever is with the patient learns who comes, and only they; said by somebody who wasn't rung it is nothing of the kind."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    shown = await clinic.says("director", text)

    assert "AEDを持っていきます" in shown
    assert f"🏃 高橋さん（院長）「{text}」" in clinic.read("nurse")
    assert "🏃" not in clinic.read("reception")


@pytest.mark.parametrize("text", ["先生まだですか", "まだ来ない", "誰も来てくれません", "I need a doctor"])
async def test_who_was_rung_is_waited_for(clinic: Clinic, text: str) -> None:
    """Whoever waits beside somebody is heard for that: those who were rung are called once more; of nobody in danger it is nothing."""
    assert "もう一度呼びました" not in await clinic.says("nurse", text)
    await clinic.says("nurse", "患者さん倒れた")
    await clinic.passes(1)
    shown = await clinic.says("nurse", text)

    assert "もう一度呼びました" in shown or "Called once more" in shown
    assert "いま何か起きていますか" not in shown
    assert f"「{text}」\nまだ人が足りません" in clinic.read("director").replace("<b>", "")


@pytest.mark.parametrize("text", ["AEDはどこですか", "担架が見つからない", "where's the AED"])
async def test_what_is_looked_for(clinic: Clinic, text: str) -> None:
    """All who were rung read it at once, not one after the other."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    assert "声でも聞いてください" in await clinic.says("nurse", text)

    for who in ("director", "deputy", "reception"):
        assert text in clinic.read(who)


@pytest.mark.parametrize(
    "text", ["手ふるえて動けない", "もう無理です 涙が止まらない", "辞めたいです", "my hands are shaking"]
)
async def test_somebody_at_the_end_of_their_strength(clinic: Clinic, text: str) -> None:
    """Reads a kind word and no number; whoever leads looks after them and reads none of it, the others nothing."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("reception", text)

    assert "あなたのせいではありません" in shown
    assert LINE not in shown
    assert "佐藤さん（受付）が、つらそうです" in clinic.read("director")
    assert all(text not in clinic.read(who) for who in ("director", "deputy", "nurse"))
    assert "つらそう" not in clinic.read("deputy")


@pytest.mark.parametrize("text", ["患者さんの手が震えています", "もう無理ですか？", "怖い話が好き"])
async def test_what_is_no_distress(clinic: Clinic, text: str) -> None:
    """A patient's trembling, a question, a taste."""
    await clinic.incident()
    assert "あなたのせい" not in await clinic.says("reception", text)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("患者さんが倒れました", "2階でもう一人患者さんが倒れました", "携帯から119"),
        ("給湯室が燃えてます", "ガス臭いです", "スイッチ・コンセント・火に、さわらない"),
        ("患者さんが倒れました", "今度は受付で別の患者さんがけいれんしてます", "携帯から119"),
        ("a patient collapsed", "another patient collapsed upstairs", "携帯から119"),
    ],
)
async def test_another_danger_of_the_same_kind_has_words_and_a_call_of_its_own(
    clinic: Clinic, first: str, second: str, words: str
) -> None:
    """It doesn't join the first: each is rung, with its own text."""
    await clinic.says("reception", first)
    assert words in await clinic.says("reception", second)
    await clinic.passes(1)

    assert [text for text in (first, second) if f"「{text}」" in clinic.read("director")] == [first, second]


async def test_an_earthquake_after_a_collapse_has_its_first_words_and_a_mistake_is_asked_which(clinic: Clinic) -> None:
    """A bare mistake takes back neither before its writer says which one it was."""
    await clinic.says("reception", "患者さんが倒れました")
    assert "頭と体を守る" in await clinic.says("reception", "地震です！すごい揺れ")
    shown = await clinic.says("reception", "まちがいだった")
    assert "30秒後に" in shown
    assert "どれに近いですか" in shown
    await clinic.passes(1)

    assert "「患者さんが倒れました」" in clinic.read("director")
    assert "「地震です！すごい揺れ」" in clinic.read("director")


async def test_a_call_after_the_fire_is_out_says_so(clinic: Clinic) -> None:
    """The bell and the alarm of the disaster carry who wrote it, and ask to make sure all the same."""
    await clinic.says("reception", "給湯室が燃えてます")
    await clinic.says("nurse", "火は消えました")
    clinic.seen.clear()
    await clinic.passes(1)

    calls = [one for one in clinic.of("deputy") if "「給湯室が燃えてます」" in one]
    assert len(calls) == 2
    assert all("「火は消えました」" in one for one in calls)


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("患者さんが倒れました", "倒れてません 寝てただけ"),
        ("患者さんが倒れました", "患者さんは大丈夫です 起きました"),
        ("患者さんが倒れました", "息してます"),
        ("給湯室が燃えてます", "ぼやでした 消しました"),
    ],
)
async def test_a_second_pair_of_eyes_is_heard(clinic: Clinic, first: str, said: str) -> None:
    """Whoever stands there and writes that it is none, or over, is read by who called and by all who are rung."""
    await clinic.says("reception", first)
    await clinic.says("nurse", said)
    assert f"鈴木さん（看護師）「{said}」" in clinic.read("reception")
    await clinic.passes(1)

    assert f"鈴木さん（看護師）「{said}」" in clinic.read("director")


async def test_what_goes_on_beside_what_has_eased_has_words_and_a_call(clinic: Clinic) -> None:
    """The fire is out and somebody is burnt: the first is told, the second called for."""
    text = "火は消えました でも患者さんがやけど"
    await clinic.says("reception", "給湯室が燃えてます")
    assert "携帯から119" in await clinic.says("reception", text)
    await clinic.passes(1)

    assert "そのあと、佐藤さん（受付）" in clinic.read("director")
    assert "やけどです。水で冷やす" in clinic.read("director")


async def test_danger_in_english_is_answered_in_both(clinic: Clinic) -> None:
    """Whoever writes English on a colleague's phone can read whom to call."""
    shown = await clinic.says("reception", "a patient collapsed in the hall")
    assert "Dial 119" in shown
    assert "携帯から119" in shown


async def _in_danger(clinic: Clinic) -> None:
    await clinic.says("nurse", "患者さんが痙攣してる")
    await clinic.passes(1)
    clinic.seen.clear()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "呼吸戻ったけどまた止まった",
            "死んでもうた",
            "さっきの間違いって言うたん取り消し",
            "まだ息戻ってへん",
            "大丈夫ちゃう",
        ),
        *(
            "10分で着くって",
            "はい今かけてます",
            "AEDの電池切れてる",
            "患者さん助かった?",
            "呼ばんでええ、様子見よ",
            "こわい",
        ),
    ],
)
async def test_what_is_written_after_a_call_for_help_reaches_all(clinic: Clinic, text: str) -> None:
    """In its writer's words and without an all-clear; its writer reads who was told. A quarter of an hour later it is as ever."""
    await _in_danger(clinic)

    assert "そのまま知らせました" in await clinic.says("nurse", text)
    assert all(
        f"先ほどの件、鈴木さん（看護師）「{text}」" in clinic.read(who) for who in ("director", "deputy", "reception")
    )
    assert "✅" not in clinic.read("director")

    await clinic.passes(15)
    clinic.seen.clear()
    await clinic.says("nurse", text)
    assert "先ほどの件" not in clinic.read("director")


@pytest.mark.parametrize("text", ["ありがとうございます", "カルテが開かない", "院長の電話番号は?"])
async def test_what_is_surely_something_else_is_heard_as_ever(clinic: Clinic, text: str) -> None:
    """Thanks, a report, a number that is known: nobody reads them as being about the danger."""
    await _in_danger(clinic)
    await clinic.says("nurse", text)
    assert "先ほどの件" not in clinic.read("director") + clinic.read("reception")


async def test_who_writes_on_before_the_others_are_rung_means_it(clinic: Clinic) -> None:
    """They are rung at once, and read the words that came after; what a colleague writes who knows of nothing is theirs."""
    await clinic.says("nurse", "刃物持った人がいる")
    await clinic.says("reception", "今日の昼休みはいつからでしたか")
    assert "🆘" not in clinic.read("director")
    await clinic.says("nurse", "こわい")
    assert "危険な人がいます" in clinic.read("reception")
    assert "「こわい」" in clinic.read("reception")


async def test_who_called_for_help_is_asked_and_denied(clinic: Clinic) -> None:
    """A question is no call: it is answered with who said so and when, and who takes that back takes it back for all."""
    await _in_danger(clinic)
    assert "まだ、呼んだという人がいません" in await clinic.says("director", "誰が119かけたん")
    assert "まだ、呼んだという人がいません" in clinic.read("reception")
    assert "もう呼んだそうです" not in clinic.read("reception")

    await clinic.says("reception", "救急車呼びました")
    assert "もう呼んだそうです" in clinic.read("director")
    assert "08:51に佐藤さん（受付）が、助けを呼んだと書いています" in await clinic.says("director", "119した人おる?")
    assert "08:51に佐藤さん（受付）が" in await clinic.says("deputy", "私はかけてません")
    clinic.seen.clear()

    assert "すぐ携帯から119" in await clinic.says("reception", "救急車呼んだけど切られた")
    assert "「もう呼んだ」は取り消しです" in clinic.read("deputy")
    assert "まだ、呼んだという人がいません" in await clinic.says("director", "119した人おる?")


async def test_bad_again_after_an_all_clear(clinic: Clinic) -> None:
    """Is a danger anew: who writes it is told to call, and everybody is rung; everyday words in between go to nobody."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    await clinic.says("nurse", "意識が戻りました")
    await clinic.says("reception", "お昼どうします?")
    assert "お昼" not in clinic.read("director")

    shown = await clinic.says("nurse", "また意識なくなった")
    await clinic.passes(1)

    assert LINE in shown
    assert "「また意識なくなった」" in clinic.of("director")[-1]
    assert "人が危険です" in clinic.of("director")[-1]


async def test_only_who_wrote_of_it_can_know_that_it_was_a_drill(clinic: Clinic) -> None:
    """From anybody else it goes to all as words, and as no all-clear."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    await clinic.says("director", "訓練でした")

    assert "✅" not in clinic.read("nurse") + clinic.read("reception")
    assert "「訓練でした」" in clinic.read("nurse")


async def test_who_writes_on_of_it_means_it(clinic: Clinic) -> None:
    """Nobody waits for the half minute any more, and the graver words reach everybody."""
    await clinic.says("reception", "患者さんが暴れてます 助けて")
    await clinic.says("reception", "刃物もってる")

    for who in ("director", "deputy", "nurse"):
        assert "危険な人がいます" in clinic.read(who)
        assert "刃物もってる" in clinic.read(who)


@pytest.mark.parametrize("first", ["ナイフを持った男が暴れてます", "火が出てます"])
async def test_amid_fire_and_violence_nothing_is_asked_about_in_confidence(clinic: Clinic, first: str) -> None:
    """Who is still upstairs goes to all whom the alarm reached."""
    await clinic.says("reception", first)
    await clinic.passes(1)
    await clinic.says("nurse", "車いすの人が2階にまだいる")

    assert "車いすの人が2階にまだいる" in clinic.read("director")
    assert "本人に聞かない" not in clinic.read("nurse")
