"""What is asked and told while somebody is in danger is answered at once, and belongs to it."""

from __future__ import annotations

import pytest

from contacts.shapes.equipment import Equipment
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from tests.clinic import Clinic

OTHERS = ("director", "deputy", "nurse")


async def _collapsed(clinic: Clinic, said: str = "待合で患者さんが倒れた 意識ない") -> None:
    await clinic.says("reception", said)
    await clinic.passes(1)
    clinic.seen.clear()


@pytest.mark.parametrize(
    "asked",
    ["今外出中。どうなってる", "今どうなってますか", "状況は", "何があったの", "そっちどう？", "what's going on?"],
)
async def test_who_asks_how_it_stands_reads_it(clinic: Clinic, asked: str) -> None:
    """Who is in danger, that nobody called yet, who goes there: from what was written, and no incident of machines begins."""
    await _collapsed(clinic)
    await clinic.says("nurse", "行きます")

    shown = await clinic.says("director", asked)

    assert "「待合で患者さんが倒れた 意識ない」" in shown
    assert "まだ、呼んだという人がいません" in shown
    assert "向かった人: 鈴木さん（看護師）" in shown
    assert not clinic.engine.live_runs()


async def test_how_it_stands_later(clinic: Clinic) -> None:
    """Who called and when, and when help came: belonging to what goes on, and to no incident."""
    await _collapsed(clinic)
    await clinic.says("nurse", "119しました")
    assert "08:51に鈴木さん（看護師）が、呼んだと書いています" in await clinic.says("director", "状況は")

    await clinic.passes(7)
    await clinic.says("reception", "救急隊きた 名前とか聞かれてる")
    assert "08:58に来たと、佐藤さん（受付）が書いています" in await clinic.says("director", "状況は")
    assert "🚑 佐藤さん（受付）「救急隊きた 名前とか聞かれてる」" in clinic.read("deputy")
    assert not clinic.engine.live_runs()


async def test_who_only_asks_disturbs_nobody(clinic: Clinic) -> None:
    """Whoever kneels beside somebody reads no question that is answered; what is told beside it they do."""
    await _collapsed(clinic)
    await clinic.says("deputy", "今どうなってますか")
    assert clinic.of("reception") == []

    await clinic.says("director", "今外出中。どうなってる")
    assert "今外出中" in clinic.read("reception")
    assert "今外出中" in clinic.read("nurse")


async def test_who_heard_a_shout_may_ask_before_the_phones_ring(clinic: Clinic) -> None:
    """Two know of it then, so that nobody waits for the half minute."""
    await clinic.says("reception", "待合で患者さんが倒れた 意識ない")

    assert "「待合で患者さんが倒れた 意識ない」" in await clinic.says("director", "どうなってる？")
    assert "人が危険です" in clinic.read("nurse")


@pytest.mark.parametrize(
    "asked",
    [
        "119って私がするの?",
        "119って私がするの",
        "誰が119するの",
        "119かけていいですか",
        "救急車呼んだ方がいい？",
        "should I call 119?",
    ],
)
async def test_who_asks_who_is_to_call_is_told_to(clinic: Clinic, asked: str) -> None:
    """At once and themselves; or that somebody wrote that they did."""
    await _collapsed(clinic)
    shown = await clinic.says("reception", asked)
    assert "携帯から119" in shown

    await clinic.says("nurse", "119しました")
    assert "08:51に鈴木さん（看護師）が" in await clinic.says("reception", asked)


async def test_what_is_asked_beside_worse_news_is_answered(clinic: Clinic) -> None:
    """The others read the news, its writer that nobody has called."""
    await _collapsed(clinic)
    shown = await clinic.says("reception", "呼吸もない 119は?")

    assert "まだ、呼んだという人がいません。すぐ携帯から119に電話を" in shown
    assert "呼吸もない" in clinic.read("director")


async def test_what_to_say_on_the_telephone(clinic: Clinic) -> None:
    """What 119 asks first, with the address as it was entered; of a knife, 110."""
    clinic.registers(address="灯市中央1-2-3")
    await _collapsed(clinic)
    shown = await clinic.says("reception", "なんて言えばいいの")
    assert "119で「救急です」" in shown
    assert "灯市中央1-2-3" in shown
    assert "灯市中央1-2-3" in await clinic.says("reception", "住所なんだっけ")

    await clinic.says("nurse", "ナイフ持った男がいる")
    assert "110で「事件です」" in await clinic.says("nurse", "なんて言えばいい")


@pytest.mark.parametrize("asked", ["何分くらいで来る?", "あと何分？", "救急車いつ来るの", "how long will they take?"])
async def test_how_long_help_takes_is_not_made_up(clinic: Clinic, asked: str) -> None:
    """This chat doesn't know, and says who does."""
    await _collapsed(clinic)
    shown = await clinic.says("reception", asked)
    assert "ここではわかりません。119の電話で聞けます" in shown
    assert clinic.of("nurse") == []


async def test_what_to_do_is_said_again(clinic: Clinic) -> None:
    """And the others read that somebody needs them."""
    await _collapsed(clinic)
    assert "AEDと医師・看護師を、声で呼んでください" in await clinic.says("reception", "どうすればいい")
    assert "どうすればいい" in clinic.read("nurse")


async def test_where_the_aed_is(clinic: Clinic) -> None:
    """Its place among the equipment, in the first words, in the call, and to whoever asks; where nobody entered it, that is said."""
    await _collapsed(clinic)
    assert "場所の登録がない" in await clinic.says("reception", "AEDどこ")

    aed = Equipment(id="aed", name="AED（日本製）", place="受付のうしろの棚")
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("equipment", "aed", aed.model_dump_json(), None),)))
    assert "受付のうしろの棚にあります" in await clinic.says("reception", "AEDどこ？")
    assert "受付のうしろの棚にあります" in clinic.read("nurse")
    clinic.seen.clear()
    assert "AED（受付のうしろの棚）と" in await clinic.says("nurse", "もう一人倒れました")


@pytest.mark.parametrize(
    "said",
    ["よべない 声だせない", "しゃべれない", "隠れてる", "トイレに隠れてる", "声出せない", "I can't speak", "hiding"],
)
async def test_who_must_not_be_heard(clinic: Clinic, said: str) -> None:
    """Needs no voice: the others are told to call in their place and not to phone them; on their own phone nothing makes a sound."""
    shown = await clinic.says("reception", said)
    assert "声も電話もいりません" in shown
    assert "声で呼んで" not in shown
    await clinic.passes(1)

    for who in OTHERS:
        assert "佐藤さん（受付）は、声を出せません。代わりに、すぐ110へ。" in clinic.read(who)
        assert "電話をかけない。名前を呼ばない" in clinic.read(who)

    await clinic.says("nurse", "110しました")
    assert "声は出さなくて大丈夫" in await clinic.says("reception", "トイレの中")
    told = [d.owed for d in clinic.book.of_run(FACILITY) if d.owed.to == f"terminal:{clinic.id('reception')}"]
    mine = [owed for owed in told if owed.name.startswith("danger")]
    assert len(mine) > 3
    assert all(owed.silent for owed in mine if not owed.edits)


async def test_who_hides_after_the_call(clinic: Clinic) -> None:
    """The others read that they can't speak, and who asks how it stands that nobody phones them."""
    await _collapsed(clinic, "包丁持った人がいる")
    shown = await clinic.says("reception", "隠れてる 声出せない")
    assert "声は出さなくて大丈夫です" in shown
    assert "代わりに、すぐ携帯から110に電話を。佐藤さん（受付）に電話をかけない" in clinic.read("nurse")
    assert "佐藤さん（受付）には電話しません" in await clinic.says("director", "どうなってる")


@pytest.mark.parametrize("said", ["手が離せない", "電話できない", "よべない", "携帯持ってない", "hands full"])
async def test_who_cannot_call_is_called_for(clinic: Clinic, said: str) -> None:
    """Others do it in their place."""
    await _collapsed(clinic)
    assert "代わりに電話するよう" in await clinic.says("reception", said)
    assert "代わりに、すぐ携帯から119に電話を" in clinic.read("nurse")


@pytest.mark.parametrize("said", ["さっきの人戻ってきた", "また来るって電話きた", "あいつまた来た", "he's back"])
async def test_who_was_violent_comes_back(clinic: Clinic, said: str) -> None:
    """The same day that is a danger again, and everybody is rung; on another day its writer is asked."""
    shown = await clinic.says("reception", said)
    assert "携帯から110" in shown or "いま何か起きていますか" in shown
    await clinic.passes(2)
    assert "🆘" not in clinic.read("director")

    await clinic.says("reception", "男が暴れてます")
    await clinic.passes(90)
    clinic.seen.clear()
    assert "携帯から110" in await clinic.says("reception", said)
    await clinic.passes(1)
    assert "危険な人がいます" in clinic.read("director")


async def test_that_the_director_is_not_told_comes_too_late(clinic: Clinic) -> None:
    """Who wants it so reads the truth, during a danger and after it; nothing is confided."""
    await clinic.says("reception", "待合で患者さんが倒れた 意識ない")
    assert "高橋さん（院長）には、まもなく知らせます" in await clinic.says("reception", "院長には言わないで")
    await clinic.passes(1)
    assert "高橋さん（院長）には、08:51に、もう知らせてあります" in await clinic.says("reception", "院長には言わないで")

    await clinic.says("reception", "意識もどりました")
    assert "もう知らせてあります" in await clinic.says("reception", "院長に内緒にして")
    assert not clinic.engine.live_runs()


@pytest.mark.parametrize(
    "said", ["防犯カメラの映像、消していい?", "床の血 拭いていい？", "割れたガラス片付けていい？", "ナイフ拾っていい?"]
)
async def test_evidence_is_left_as_it_is(clinic: Clinic, said: str) -> None:
    """A plain no, amid violence and after it."""
    await _collapsed(clinic, "男がナイフ振り回してる")
    assert "消さない、片づけない" in await clinic.says("reception", said)
    await clinic.passes(30)
    assert "消さない、片づけない" in await clinic.says("reception", said)


@pytest.mark.parametrize("said", ["カルテ書き直していい?", "薬歴直しといていいですか", "can I change the chart?"])
async def test_a_record_is_never_rewritten(clinic: Clinic, said: str) -> None:
    """A plain no after a mistake with medicine, and what to do instead."""
    await clinic.says("reception", "別の人の薬渡した")
    shown = await clinic.says("reception", said)
    assert "書きかえません" in shown or "don't rewrite it" in shown


@pytest.mark.parametrize(
    "said",
    [
        "ワーファリンを10倍渡しちゃった",
        "別の人の薬渡した",
        "インスリン打ち間違えた",
        "薬の数まちがえて出した",
        "アムロジピン5mgのとこ10mg渡した",
        "粉薬の量10倍で出した",
        "ワーファリン二重に出してた",
        "子どもに大人の量出した",
    ],
)
async def test_a_mistake_with_medicine_comes_to_the_patient_first(clinic: Clinic, said: str) -> None:
    """Whoever got it is called at once; nobody is asked to give paper back."""
    shown = await clinic.says("reception", said)
    assert "医師・薬剤師が、すぐご本人に電話" in shown
    assert "返す" not in shown


@pytest.mark.parametrize(
    "said",
    ["水飲んでいい", "patient in room 1 went home", "お昼食べていい？", "the patient left", "お茶飲んでもいいですか"],
)
async def test_everyday_words_get_no_line(clinic: Clinic, said: str) -> None:
    """Nobody is told to dial 119 for them."""
    assert "119" not in await clinic.says("reception", said)


@pytest.mark.parametrize(
    "said",
    ["患者さん吐いてるらしい", "待合のおばあちゃんが嘔吐した", "2階で人が倒れたって聞いた", "患者さんが倒れたらしい"],
)
async def test_what_was_only_heard_is_looked_after(clinic: Clinic, said: str) -> None:
    """Whoever writes it reads what to do, with 119."""
    assert "119" in await clinic.says("reception", said)


@pytest.mark.parametrize(
    "asked",
    [
        "AED開け方わからない",
        "パッドどこに貼る",
        "心臓マッサージしていい?",
        "胸押していいの",
        "水飲ませていい？",
        "動かしていい？",
        "how do I use the AED",
    ],
)
async def test_who_asks_how_to_help_is_sent_to_those_who_know(clinic: Clinic, asked: str) -> None:
    """119 tells how, on loudspeaker; the others read the question, and may know. No advice of ours takes the place of theirs."""
    await _collapsed(clinic)
    shown = await clinic.says("reception", asked)
    assert "携帯から119。そのまま聞いてください" in shown
    assert asked in clinic.read("nurse")

    await clinic.says("nurse", "119しました")
    assert "119の電話を切らずに聞いてください" in await clinic.says("reception", asked)


@pytest.mark.parametrize("said", ["救急隊がカルテくれって", "写真撮ってる人がいる", "次の予約の人来た", "名前わからん"])
async def test_what_is_written_amid_it_belongs_to_it(clinic: Clinic, said: str) -> None:
    """No machine is told of, and nothing in confidence: it goes to those who were rung."""
    await _collapsed(clinic)
    assert "そのまま知らせました" in await clinic.says("reception", said)
    assert said in clinic.read("director")
    assert not clinic.engine.live_runs()


async def test_the_police_are_here(clinic: Clinic) -> None:
    """Is news of its own, and stands where somebody asks how it stands."""
    await _collapsed(clinic, "男の人が暴れてます")
    await clinic.says("nurse", "警察きた")
    assert "🚑 鈴木さん（看護師）「警察きた」" in clinic.read("reception")
    assert "警察: 08:51に来たと" in await clinic.says("director", "どうなってる")


async def test_what_is_asked_of_the_desk_is_not_about_it(clinic: Clinic) -> None:
    """「お会計どうしたら」 gets no line about 119."""
    await _collapsed(clinic)
    assert "119" not in await clinic.says("reception", "すみません、お会計どうしたらいいですか")


@pytest.mark.parametrize("said", ["患者さんが倒れました、本当です", "訓練中すみません、患者さんが倒れました"])
async def test_what_is_real_in_a_drill_about_such_a_danger(clinic: Clinic, said: str) -> None:
    """Its writer says so: the drill ends, and everybody is rung at once."""
    drill = await clinic.drill("disaster")
    await clinic.says("nurse", said)

    assert "人が危険です" in clinic.read("director")
    assert not clinic.run(drill.id).live


@pytest.mark.parametrize(
    "said",
    [
        *(
            "やばい人きた",
            "警察",
            "帰れなくされてる、出してくれない",
            "脅されてお金渡した",
            "元夫が来て看護師さんを出せって",
            "刃物みたいなの持ってるかも",
        ),
        *(
            "薬飲み過ぎたって電話",
            "てんかん",
            "点滴漏れて腕パンパン",
            "アレルギー出てる 薬のあと",
            "熱中症っぽい人がいる",
        ),
    ],
)
async def test_who_may_be_in_danger_is_asked_about(clinic: Clinic, said: str) -> None:
    """Its writer gets the line, and decides whether others are rung; no colleague is suspected, and violence begins no incident of machines."""
    shown = await clinic.says("reception", said)
    assert "携帯から11" in shown
    assert "すぐに全員を呼ぶ" in shown or "今、人が危ない" in shown
    assert "まだ、だれにも知らせていません" not in shown


@pytest.mark.parametrize(
    "said",
    [
        *(
            "プリンターのケーブルが机の裏に隠れてる",
            "風邪で声が出ないです",
            "can't speak Japanese",
            "業者さんがまた来るって電話きた",
        ),
        *(
            "さっきの患者さん忘れ物で戻ってきた",
            "怖い人だと思ったらいい人だった",
            "アレルギー欄どこですか",
            "帰れない今日残業",
        ),
    ],
)
async def test_what_only_sounds_like_it_gets_no_line(clinic: Clinic, said: str) -> None:
    """Cables hide, a cold takes a voice, vendors come again."""
    shown = await clinic.says("reception", said)
    assert "携帯から11" not in shown
    assert "声も電話もいりません" not in shown


async def test_how_it_ended(clinic: Clinic) -> None:
    """Who asks after the all-clear reads it, and is not told to call; everyday words are nobody else's, and suspect nobody."""
    await _collapsed(clinic)
    await clinic.says("reception", "意識もどりました 救急車で行きました")
    shown = await clinic.says("director", "どうなった？")
    assert "✅ 佐藤さん（受付）「意識もどりました 救急車で行きました」" in shown
    assert "まだ、呼んだという人がいません" not in shown
    clinic.seen.clear()

    for said in ("会計待ってる人がいる", "お昼なに食べる?", "次の患者さん呼びます", "文句言ってる人がいます"):
        assert "だれにも知らせていません" not in await clinic.says("reception", said)
    assert clinic.of("director") == []
    assert not clinic.engine.live_runs()


async def test_help_that_takes_long_is_still_asked_about(clinic: Clinic) -> None:
    """Half an hour later it is answered while no incident goes on, and in one where it is named."""
    await _collapsed(clinic)
    await clinic.passes(30)
    assert "119の電話で聞けます" in await clinic.says("reception", "あと何分？")

    await clinic.incident()
    assert "「待合で患者さんが倒れた 意識ない」" in await clinic.says("director", "さっきの人どうなりました？")


async def test_who_is_away_today_is_not_said_to_know(clinic: Clinic) -> None:
    """Nobody rings them, so that what is wanted kept from them is told in confidence as ever."""
    director = clinic.id("director")
    today = clinic.engine.context(clinic.clock.now(), director).today
    clinic.orders(ChangeMember(FACILITY, director, {"absent_from": today.isoformat()}))
    await clinic.says("reception", "待合で患者さんが倒れた 意識ない")

    assert "知らせます。人が危ないときは" not in await clinic.says("reception", "院長には言わないで")


@pytest.mark.parametrize(
    "asked",
    [
        "エレベーター使っていい？",
        "中に戻っていい？",
        "サーバー持って出る?",
        "カルテ持って出たほうがいい？",
        "どこに集まる",
        "どこに逃げればいい",
    ],
)
async def test_amid_a_fire_nobody_fetches_anything(clinic: Clinic, asked: str) -> None:
    """Out first, and no lift: said again to whoever asks, and the others read the question."""
    await _collapsed(clinic, "処置室で火が出てます")
    shown = await clinic.says("nurse", asked)
    assert "まず外へ" in shown
    assert "エレベーターは使いません" in shown
    assert asked in clinic.read("director")
