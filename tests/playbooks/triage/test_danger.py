"""Danger is told apart from everyday words.

On halves that were never built with, the first run missed 13 of 38 dangers; of those that came later 19 of 43. Built on the
other half alone (kana and dialect, what vital signs are called, cries of one word, violence, gas) it missed 5 of 43, would
have rung for 5 of 114 calm texts and given the line to 10. Both halves have been read since.

``alarm.tsv`` was written before who is hurt, what was taken, who can't get out and what is denied or asked were heard by rules. Of
its half that only measures, of 78 dangers rang 47, and rings 63; nothing at all was said to 8, now to 3. Of 94 texts that only look like
one rang 6, and 6 do; 14 were given the line, now 7. The same hand wrote table and rules, so that strangers will do worse.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from playbooks.triage.danger import danger_ears
from tests.playbooks.halves import HERE, is_measured, sentences

STRANGERS = HERE / "strangers.tsv"
ALARM = HERE / "alarm.tsv"


def _alarm(*, measured: bool) -> dict[str, str]:
    """Give the texts of a half, and what each comes to: it ``rings``, its writer gets the ``line``, or ``nothing``."""
    with ALARM.open(encoding="utf-8", newline="") as file:
        rows = {row["text"]: row["heard"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    return {text: heard for text, heard in rows.items() if is_measured(text) == measured}


def _heard(text: str) -> str:
    danger = danger_ears().hear(text)
    return "nothing" if danger is None else "rings" if danger.plain else "line"


def test_no_danger_is_missed() -> None:
    """Whoever writes of one is told whom to call; for most, everybody is rung."""
    heard = {text: danger_ears().hear(text) for text in sentences("danger")}

    assert [text for text, danger in heard.items() if danger is None] == []
    assert sum(danger is not None and danger.plain for danger in heard.values()) >= 0.85 * len(heard)


def test_what_rings_and_what_does_not() -> None:
    """Of the half that measures only counts are looked at; of the other, each danger is at least answered and nothing else rings."""
    counts = Counter((meant, _heard(text)) for text, meant in _alarm(measured=True).items())
    assert counts["rings", "rings"] >= 63
    assert counts["rings", "nothing"] <= 3
    assert counts["nothing", "rings"] <= 6
    assert counts["nothing", "line"] <= 7

    built = _alarm(measured=False)
    assert [text for text, meant in built.items() if meant != "nothing" and _heard(text) == "nothing"] == []
    assert [text for text, meant in built.items() if meant != "rings" and _heard(text) == "rings"] == []


@pytest.mark.parametrize(
    "text",
    [
        "3人けがした",
        "インスリン打ちすぎて朦朧",
        "ショック状態です",
        "患者3人が苦しい",
        "患者さん苦しそう",
        "息ができないって言ってる",
        "地震で棚の下敷きになってる",
        "泣き止まない赤ちゃんが真っ白",
        "薬を間違えて渡した、患者さんが飲んだ",
        "水が来てる、逃げられない",
        "眠剤まとめて飲んだらしい ぐったりしてる",
    ],
)
def test_it_rings_without_a_tap(text: str) -> None:
    """Who is hurt, what a chart would say, what was taken, who can't get out."""
    assert _heard(text) == "rings"


@pytest.mark.parametrize(
    "text",
    [
        "業者さん反応ない",
        "she's not answering her phone",
        "ベンダーの人から返事がない",
        "佐藤さんから返事がありません",
        "院長の返事がないんやけど大丈夫かな",
        "患者さん急に増えてしんどい",
        "電話が多くて回らへん",
        "トイレの電気つかないです 業者さんから返事ない",
        "発作のときの薬ありますか",
        "てんかん発作の既往あり",
        "津波が来たらどこに逃げますか",
        "津波の心配はありません",
        "エレベーターに閉じ込められたらどうする？",
        "爆弾みたいに重いファイル",
        "息抜きしてくる",
        "患者さんが苦情を言ってる",
        "倒れた患者さんの家族から電話",
        "患者さんが倒れたら誰を呼ぶの？",
        "患者さん倒れてないです",
        "トイレがつまった",
        "前に刺された話",
        "暴れてる人いないですよ",
        "けいれんじゃなくて貧乏ゆすりだった",
        "患者さん苦しそうではないです",
        "今の地震でレントゲンの機械ずれました",
        "飲む前に薬の渡し間違いに気づきました",
    ],
)
def test_nobody_is_asked_whether_it_is_a_danger(text: str) -> None:
    """Figures of speech, a complaint, a question what to do if, a denial, a tale, a blocked pipe."""
    assert _heard(text) == "nothing"


@pytest.mark.parametrize(
    "text",
    [
        "トイレから出てこない返事ない",
        "患者さんトイレに入ったまま鍵がかかってて返事がありません",
        "返事ない、お風呂から出てこない",
        "胸いたい言うてる",
        "胸が痛いって言ってます",
        "てんかんの発作です",
        "喘息の発作や！",
        "発作おきてる",
        "津波くるって",
        "津波警報が出ました",
        "患者さんがずっと返事ない",
        "ずっと返事がない患者さんがいる",
        "患者さんから反応がない",
        "患者さんやけどした",
        "patient is not answering",
        "息してるけど返事しない",
        "息あるけど反応ない",
        "脈あるけど呼んでも起きない",
        "呼吸してますが返事がありません",
        "息はしてるのに目を開けない",
        "火災報知器なってる 誤報かも",
        "119番の火災報知器なってる 誤報かも",
        "火災報知器なってるけど誤報だと思う",
        "煙感知器作動しました",
        "非常ベル鳴ってる",
        "fire alarm is going off",
        "レセコン焦げ臭い",
        "プリンターが焦げ臭いです",
        "救急車呼ばなくていいって言ってるけど息してない",
        "院長がまだ来てない、患者さんが苦しそう",
        "迷子の子がけいれんしてる",
        "次の患者さん呼べない、倒れてる",
        "お年寄りの患者さんが困ってる、転んで立てない",
        "スタッフが過労で倒れました",
        "119いらないけど出血してる",
        "患者さんに怒鳴られて殴られそう",
        "患者さんがふらふらで倒れそう",
    ],
)
def test_few_words_are_enough(text: str) -> None:
    """Whoever is beside somebody names nobody; an alarm sounds until it is known why; what is denied beside it takes nothing away."""
    assert _heard(text) == "rings"


@pytest.mark.parametrize(
    "text",
    [
        "サーバー熱くてさわれへん",
        "サーバーあつくて変なにおい",
        "ルーターから変なにおいする",
        "コンセントあつくなってて触れない",
        "車で事故った",
        "訪問の途中で追突されました",
        "自転車で事故にあいました",
        "I had a car accident",
        "子供が薬をいっぱい飲んだって電話",
        "患者さんのお母さんから電話、子供がシロップ全部飲んだって",
        "2歳の子が電池飲み込んだって電話",
        "救急車呼ばなくていい？",
        "救急車呼ばなくていいですか",
    ],
)
def test_who_wrote_it_decides_who_is_called(text: str) -> None:
    """A machine too hot to touch, a crash on the road, a question whether: they read what comes first, and nobody is rung by itself."""
    assert _heard(text) == "line"


@pytest.mark.parametrize(
    "text",
    [
        "先生まだ来てない",
        "次の患者さん呼べない",
        "お年寄りの患者さんが困ってる",
        "患者 木村 太郎 高血圧",
        "今、利用者さん宅 手が離せない",
        "意識高い系の患者さんが怒ってる",
        "意識して声かけしてます",
        "迷子の子がいる",
        "患者 佐々木 75歳 男性",
        "30歳女性 初診 発熱",
        "田中さん 血圧 120/80",
        "赤ちゃんが泣き止まない",
        "子供が泣いてる",
        "受付に人がいない",
        "119は必要ないです",
        "119しなくていい",
        "119かけるほどじゃないです",
        "救急車呼ばなくていいです",
        "救急車呼ぶまでもないです",
        "電カルが息してない",
        "プリンター瀕死です",
        "患者さんから「うちの個人情報どうなってるの」って怒鳴られてる",
        "頭が燃えそう",
        "頭がパンクしそう",
        "スタッフが過労で倒れそう",
        "残業続きで死にそう",
        "息はしてるし返事もします",
        "起きてるけど返事しない業者",
        "火災報知器の点検日です",
        "火災報知器の電池切れ",
        "昨日火災報知器が鳴った",
        "火災報知器が鳴ったらどこに逃げる？",
        "サーバー室が暑い",
        "子供がシロップ全部飲めました",
        "お子さんに抗生剤は全部飲んでもらってください",
        "昨日車で事故った",
        "事故で道が混んでる",
        "事故証明の書類どこ",
        "患者さんが交通事故で来院されました",
    ],
)
def test_everyday_trouble_gets_no_card(text: str) -> None:
    """Who waits, who is wanted, what needn't be called, and what nobody means as it stands."""
    assert _heard(text) == "nothing"


def test_what_only_looks_like_danger_rings_nobody() -> None:
    """Of a hundred such texts at most five are given the line about 119; of everyday ones none."""
    heard = {text: danger_ears().hear(text) for text in sentences("lookalike") + sentences("lookalike", measured=False)}

    assert [text for text, danger in heard.items() if danger is not None and danger.plain] == []
    assert sum(danger is not None for danger in heard.values()) <= 0.05 * len(heard)
    assert [text for text in sentences("ordinary") if danger_ears().hear(text)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("患者さんが倒れました", "person"),
        ("救急車を呼んでください", "person"),
        ("火事です", "fire"),
        ("サーバーから火が出た", "fire"),
        ("刃物を持った男が来た", "violence"),
        ("The patient is not breathing", "person"),
        ("けいれんしています、コンセントから煙も出てます", "fire"),
        ("心停止", "person"),
        ("🆘", "person"),
        ("🔥", "fire"),
        ("救急車", "person"),
        ("110番して", "violence"),
        ("かんじゃさんがたおれました", "person"),
        ("コードブルー", "person"),
        ("いきしとらん", "person"),
        ("もえてる", "fire"),
        ("かじです", "fire"),
        ("ガスくさい", "fire"),
        ("男の人が怒鳴って入ってきた", "violence"),
        ("患者さんがベッドから落ちて動きません", "person"),
        ("レセコンの前で患者さんが倒れました", "person"),
        ("エレベーターに人が閉じ込められてます", "person"),
        ("おきゃくさんがはものをもってる", "violence"),
        ("なぐられました、助けて", "violence"),
        ("患者さんがドアに手を挟まれて血が出てる", "person"),
        ("不審者がいます", "violence"),
        ("不審者がうろついています", "violence"),
        ("刃物を持った人がいます", "violence"),
        ("待合で人が刺されました", "violence"),
        ("さっきから返事がない患者さんがいる", "person"),
        ("倒れてます、患者さんが", "person"),
        ("動かないんです、おじいちゃんが", "person"),
        ("トイレで倒れてる人がいる", "person"),
        ("息してないよ患者さん", "person"),
        ("じいちゃんがよう動かんとよ", "person"),
        ("息してはらへん", "person"),
        ("血圧が測れないんです、顔色も悪い", "person"),
        ("脈なし", "person"),
        ("モニターの心電図が平らです", "person"),
        ("心電図が平坦になってます", "person"),
        ("flatline", "person"),
        ("受付の子が失神", "person"),
        ("のどにもち", "person"),
        ("胸骨圧迫何回だっけ今やってる", "person"),
        ("コーヒーメーカーから火", "fire"),
        ("暴行を受けています", "violence"),
        ("🚨🚑", "person"),
        ("🔥🚒", "fire"),
        ("10 people collapsed", "person"),
        ("there's a patient who won't answer", "person"),
        ("he isn't moving", "person"),
        ("火は消えました でも患者さんがやけど", "person"),
        ("意識が戻りました、でも息してません", "person"),
        ("火は消えましたが煙がすごい", "fire"),
        ("薬品こぼして目に入った", "person"),
        ("ハイターこぼした、目にかかりました", "person"),
        ("I think someone is having a stroke", "person"),
        ("no breathing", "person"),
        ("patient not responding, where is AED", "person"),
        ("my patient fell", "person"),
        ("鈴木さんが血まみれです", "person"),
        ("出血してる人がいます", "person"),
        ("別の部屋で出血してる人", "person"),
        ("カッターで自分を切ってる", "person"),
        ("娘さんが薬をいっぱい飲んだ", "person"),
        ("やっぱり本当に倒れてる", "person"),
        ("Suzuki-san is covered in blood", "person"),
        ("no, she collapsed", "person"),
    ],
)
def test_who_and_what_is_in_danger(text: str, kind: str) -> None:
    """A person, or this place; where both are told, the way out comes first."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert (danger.kind, danger.plain) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "サーバーが倒れました",
        "昨日患者さんが倒れました",
        "訓練で倒れた役をお願いします",
        "うちの子が倒れたジャングルジムで遊んでました",
        "枯れて倒れたひまわりを片付けました",
        "採血の時間です",
        "血圧を測ってください",
        "火曜日は休診",
        "もし患者さんが倒れたら誰が電話しますか",
        "火災保険の更新をお願いします",
        "カードリーダーの反応がない、患者さんが並んでる",
        "電子カルテ動かなくなった",
        "レセコン死んだ",
        "エレベーター動かない",
        "燃えるゴミは今日ですか",
        "仕事多すぎて死にそう",
        "返事がない業者ばかり",
        "火事は消えました",
        "I'm dying to go home",
        "先生が「動かんやないか」と言ってます",
        "受付はものすごい行列です",
        "電話はものすごく鳴っています",
        "この機械はもの足りない",
        "ルーターにつなぐって聞きました",
        "こんなぐらいで足りますか",
        "まちがとまってます",
        "のどに効く飴ありますか",
        "紙がローラーに挟まれています",
        "会計が死にそうに遅い",
        "警察を呼んで来ました",
        "患者さんの血がサラサラになる薬",
        "針刺ししました",
        "針で指を刺しました",
        "点滴を刺し直しました",
        "119に電話しました",
        "救急車を呼んであります",
        "救急車が来ました",
        "消防に通報しました",
        "意識が戻りました",
        "院長室で倒れている棚の裏",
        "返事がない業者さん",
        "カード反応ない、患者さん並んでる",
        "血圧計が測れないんです",
        "倒れてる看板を起こして",
        "人が足りない",
        "心電図の紙が平らに折れてます",
        "待合室の火災報知器の下",
        "訓練中止のお知らせ",
        "今日は忙しくて息できない",
        "忙しすぎて息つく暇もない",
        "my patient fell asleep",
        "もし薬品が目に入ったらどうする",
        "fire is out",
        "息してます",
        "患者さん意識戻りました 救急車いらない",
        "心臓止まってないです 大丈夫",
        "誰も倒れてませんよ",
        "自動精算機が動かないってお客さんが",
        "レジ動かないって",
        "部屋が暑くて燃えそう",
        "nobody collapsed, all fine",
        "できない",
        "動かないです",
        "ない。",
        "まだない",
    ],
)
def test_everyday_words_are_no_danger(text: str) -> None:
    """A thing that fell, what is over, practised, planned, asked or sold."""
    assert danger_ears().hear(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "血が目に入りました",
        "患者さんの血が目に入りました",
        "採血中に血が目に入った",
        "職員の目に患者さんの血が入りました",
        "針を刺してしまいました、血が出てます",
        "blood splashed into my eye",
    ],
)
def test_a_splash_of_blood_is_washed_first(text: str) -> None:
    """It is for a doctor, and nobody is sent to 119 for it alone (playbook needle_stick)."""
    assert danger_ears().hear(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "血が目に入って、患者さんが倒れました",
        "患者さんの血が口にたまって息ができない",
        "針が刺さって血が止まりません",
        "顔に血がついた人が倒れてます",
    ],
)
def test_what_happens_beside_a_splash_counts(text: str) -> None:
    """Whoever falls, can't breathe or bleeds on is in danger, whatever is told with it."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert danger.plain


def test_trouble_of_machines_rings_nobody() -> None:
    """Of all reports that strangers wrote of anything but a disaster, none is taken for a person in danger."""
    with STRANGERS.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    machines = [row["text"] for row in told if "disaster" not in (row["playbook"], *row["also"].split(","))]

    assert [text for text in machines if (danger := danger_ears().hear(text)) is not None and danger.plain] == []


@pytest.mark.parametrize(
    ("text", "kind", "theme"),
    [
        ("消毒液が目に入りました", "person", "eye"),
        ("bleach splashed into my eye", "person", "eye"),
        ("熱湯かかった", "person", "burn"),
        ("熱いお茶をこぼして患者さんの足にかかった", "person", "burn"),
        ("hot coffee spilled on a patient", "person", "burn"),
        ("停電した 人工呼吸器止まる", "person", "machine"),
        ("ガスくさい", "fire", "gas"),
        ("津波が来ます", "fire", "tsunami"),
        ("水が来てる、逃げられない", "fire", "flood"),
        ("刺された", "violence", "wounded"),
        ("患者さんが倒れました", "person", ""),
        ("給湯室が燃えてます", "fire", ""),
    ],
)
def test_what_has_first_words_of_its_own(text: str, kind: str, theme: str) -> None:
    """An eye is washed, a burn cooled, gas fears a switch, and out of doors is no safety from the sea."""
    if theme == "burn":
        assert (danger := danger_ears().hear(text)) is not None
        assert danger.kind == kind
    assert danger_ears().own_words(text, kind) == theme


@pytest.mark.parametrize(
    ("text", "visits", "outside"),
    [
        ("利用者さん宅です、息してない", False, True),
        ("患者さんが息してないってご家族から電話", False, True),
        ("患者さんが倒れました", False, False),
        ("患者さんが倒れました", True, True),
        ("事務所で鈴木さんが倒れました", True, False),
        ("待合室で患者さんが倒れた、ご家族から電話", False, False),
        ("受付に電話がきたとき患者さんが倒れた", False, False),
    ],
)
def test_whether_anybody_here_knows_where(text: str, visits: bool, outside: bool) -> None:
    """A home, or a call from one; a room of this place is known, and who visits is out unless they say so."""
    assert danger_ears().is_outside(text, visits=visits) == outside


def test_a_doubt_rings_nobody_but_is_answered() -> None:
    """The writer gets the line, and may ring everybody."""
    danger = danger_ears().hear("利用者さんが亡くなっているかも")

    assert danger is not None
    assert not danger.plain


@pytest.mark.parametrize(
    ("text", "kind", "news"),
    [
        ("119に電話しました", "", "called"),
        ("救急車呼びました", "person", "called"),
        ("I called 119", "", "called"),
        ("救急車来ました", "", "arrived"),
        ("消防車が来てます", "fire", "arrived"),
        ("110番しました", "violence", "called"),
        ("意識が戻りました", "person", "eased"),
        ("けいれんがおさまりました", "person", "eased"),
        ("火は消えました", "fire", "eased"),
        ("出ていきました", "violence", "eased"),
        ("もう大丈夫です", "person", "eased"),
        ("ぼやでした 消しました", "fire", "eased"),
        ("患者さん意識戻りました 救急車いらない", "person", "eased"),
        ("息してます", "person", "eased"),
        ("倒れてません 寝てただけ", "person", "eased"),
        ("痙攣は気のせいでした", "person", "eased"),
        ("救急車呼びました、誰か来て", "person", "called"),
        ("佐藤さんが119かけました", "person", "called"),
        ("119した人おる?", "person", "asks_called"),
        ("誰が119かけたん", "person", "asks_called"),
        ("救急車呼んだん佐藤さんやんな?", "person", "asks_called"),
        ("119もう誰か電話した?", "person", "asks_called"),
        ("救急車呼びましたか", "person", "asks_called"),
        ("救急車を呼んだほうがいいですか", "person", "asks_called"),
        ("did anyone call 119?", "person", "asks_called"),
        ("救急車呼んだけど切られた", "person", "uncalled"),
        ("119に電話したけど出ない", "person", "uncalled"),
        ("かけてません", "person", "uncalled"),
        ("私かけてないで!誰もかけてへんの!?", "person", "uncalled"),
        ("I called 119 but they hung up", "person", "uncalled"),
    ],
)
def test_what_became_of_a_danger(text: str, kind: str, news: str) -> None:
    """Help was called, it came, it has eased, or nobody knows who called or could; said by who wrote of it."""
    assert danger_ears().news(text, kind, own=True) == news


@pytest.mark.parametrize(
    "text",
    [
        "救急車はいらないですか？",
        "呼吸戻ったけどまた止まった",
        "呼吸が戻りました、また痙攣してます",
        "さっきの間違いって言うたん取り消し",
        "大丈夫ちゃう",
        "救急隊もう来た?",
        "he is breathing again but not awake",
        "救急車がまだ来ません",
        "救急車を呼んでください",
        "昨日救急車を呼びました",
        "意識が戻りません",
        "意識が戻ったら教えて",
        "もう大丈夫ですか",
        "大丈夫じゃないです",
        "警察に電話しました",
    ],
)
def test_what_is_asked_or_denied_is_no_news(text: str) -> None:
    """Nor what is over since yesterday, nor the police of a stolen machine."""
    assert danger_ears().news(text, "person", own=True) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("もう死にたい…", "own_despair"),
        ("消えてしまいたいです", "own_despair"),
        ("I don't want to live", "own_despair"),
        ("患者さんが死にたいと言ってます", "despair"),
        ("自殺すると電話がありました", "despair"),
        ("patient says she wants to kill herself", "despair"),
    ],
)
def test_whoever_does_not_want_to_live(text: str, kind: str) -> None:
    """Is no violence, and rings nobody; told apart is who writes of somebody else."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert (danger.kind, danger.plain) == (kind, False)


@pytest.mark.parametrize(
    "text",
    [
        "転んだだけでした",
        "大丈夫でした",
        "今は大丈夫",
        "ただの練習でした",
        "見間違いでした",
        "湯気でした",
        "呼ばなくていいです",
        "false alarm",
        "he's fine",
        "ちがった",
        "あ、違いましたすみません",
        "マネキンでした",
        "うそです訓練です",
        "患者さんは大丈夫でした、私も大丈夫です",
        "すみません、押し間違いです",
        "さっきのは取り消しで",
        "oops sorry, false alarm lol",
        "cancel the ambulance",
    ],
)
def test_a_danger_that_was_none(text: str) -> None:
    """Whoever wrote of it says so in their own words."""
    assert danger_ears().takes_back(text, "person")


@pytest.mark.parametrize(
    "text",
    [
        "大丈夫ですか",
        "もう大丈夫ですか",
        "大丈夫じゃないです",
        "意識が戻りました、大丈夫です",
        "間違いなく心停止です",
        "訓練じゃないです",
        "is he ok?",
        "私は大丈夫です",
        "こちらは平気です",
        "ほかの患者さんは大丈夫",
        "AED持ってきたので大丈夫",
        "119しました もう大丈夫",
        "みんな無事です",
        "待合は大丈夫です",
        "違う、本当に倒れてる",
        "the others are fine",
        "薬を間違えて2錠飲ませました",
        "飲んだのは2錠だけでした",
        "別の患者さんと間違えて案内してました",
        "午後の予約は全部キャンセルで",
        "勘違いしてる、まだ息してない",
        "he took the wrong pills by mistake",
        "cancel the appointments",
    ],
)
def test_a_danger_that_goes_on(text: str) -> None:
    """What is asked or denied takes nothing back, nor that somebody came round, that help is called or that others are well.

    Nor does a slip with a drug, a room or an appointment.
    """
    assert not danger_ears().takes_back(text, "person")


@pytest.mark.parametrize(
    "text", ["また意識なくなった", "やっぱり息してません", "また燃えてます", "he stopped breathing again"]
)
def test_bad_again(text: str) -> None:
    """After an all-clear it is a danger anew."""
    assert danger_ears().worsens(text)


@pytest.mark.parametrize(
    "text",
    ["お昼どうします?", "またあとで", "またパソコンが止まった", "もう落ち着いてます", "痛いって言ってたけど帰りました"],
)
def test_everyday_words_after_an_all_clear(text: str) -> None:
    """Are about something else."""
    assert not danger_ears().worsens(text)


def test_somebody_who_is_named_is_never_dropped() -> None:
    """However unlike all that was learnt the words are, the writer gets the line."""
    danger = danger_ears().hear("he cut his wrist in our toilet")

    assert danger is not None
    assert danger.kind == "person"


def test_only_who_wrote_of_it_says_in_passing_that_all_is_well() -> None:
    """「もう大丈夫です」 from somebody else may be about anything."""
    assert danger_ears().news("もう大丈夫です", "person") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("すぐ来てください", "person"),
        ("待合に早く来て", "person"),
        ("助けてください 患者さんが", "person"),
        ("利用者さん助けて", "person"),
        ("patient collapsed help", "person"),
        ("collapsed patient hurry", "person"),
        ("呼吸してないみたいなんですけど廊下の人", "person"),
        ("アナフィラキシーかもしれません", "person"),
        ("大丈夫ですかと呼びかけても反応ない", "person"),
        ("待合の男の人がナイフ", "violence"),
        ("患者さんが包丁を持ってます", "violence"),
        ("爆弾を置いたって電話", "violence"),
        ("爆破予告の電話です", "violence"),
        ("😱🔥", "fire"),
    ],
)
def test_a_cry_rings(text: str, kind: str) -> None:
    """What leaves out half its sentence, is told by telephone or hedged out of courtesy rings all the same."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert (danger.kind, danger.plain) == (kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "業者さんにすぐ来てほしいです",
        "お客さんがナイフとフォークを借りに来ました",
        "アナフィラキシーの薬の在庫かも",
        "爆弾低気圧で頭が重い",
        "大丈夫ですかと聞かれて返事しました",
        "患者さんが来てます",
    ],
)
def test_what_sounds_like_a_cry_rings_nobody(text: str) -> None:
    """Who wishes for a visit, a knife at table, a drug on the shelf."""
    danger = danger_ears().hear(text)

    assert danger is None or not danger.plain


@pytest.mark.parametrize(
    ("text", "insists"),
    [
        ("本当", True),
        ("はい、本当です", True),
        ("うそじゃない", True),
        ("早く来て", True),
        ("ほんまやって", True),
        ("it’s real", True),
        ("本当？", False),
        ("いいえ", False),
        ("はい、写真を撮りました", False),
    ],
)
def test_whoever_insists(text: str, insists: bool) -> None:
    """Nothing but a yes is one."""
    assert danger_ears().insists(text) is insists


@pytest.mark.parametrize(
    "text",
    [
        *(sign * 4 for sign in "がぎ火あん1①a!"),
        "①" * 11,
        "窓が開いてる",
        "駐車場で煙草を吸ってる人がいる",
        "a patient complains about cigarette smoke",
        "patients say the waiting room smells",
        "お湯がキーボードにかかった",
        "コーヒーがパソコンにかかりました",
        "給湯室のお湯が出ない",
        "カップ麺にお湯かけた",
    ],
)
def test_signs_and_how_the_house_is_are_no_danger(text: str) -> None:
    """A key that stuck, a window, a smell, what was spilt over a thing."""
    assert danger_ears().hear(text) is None


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("高木さん死亡", True),
        ("患者死亡", True),
        ("待合の山本さん意識消失", True),
        ("松本さん窒息", True),
        ("佐藤さん失神しました", True),
        ("島田さん転倒", False),
        ("渡辺さん転落", False),
        ("患者さんが転倒しました", False),
    ],
)
def test_what_is_written_as_in_a_chart_is_heard(text: str, rings: bool) -> None:
    """A name and a word; a fall may be none, so that its writer alone is told whom to call."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert danger.told
    assert danger.plain is rings


@pytest.mark.parametrize(
    "text",
    [
        "藤田様の採血結果が見れない",
        "石井様の心電図が開けません",
        "山田様の血圧の記録が出ない",
        "患者の血圧の数値が出ない",
        "島田さんの転倒の記録が見れない",
        "高木さん死亡診断書お願いします",
        "高木さん、先月死亡",
        "高木さん昨日死亡",
        "ご家族から高木さん死亡の連絡",
        "転倒予防教室は木曜です",
        "島田さん転倒歴あり",
        "患者さん転倒してないです",
        "島田さん転院",
        "脚立が転倒しました",
    ],
)
def test_a_result_that_cannot_be_seen_is_no_danger(text: str) -> None:
    """Nor are a certificate, what is long over, or a class about falls."""
    assert danger_ears().hear(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "患者さんが息してない、記録が開けない",
        "患者さんの意識がないのにカルテが開かない",
        "心電図が出ません、患者さん胸が痛いって",
    ],
)
def test_a_danger_beside_a_result_that_cannot_be_seen_is_one(text: str) -> None:
    """Whatever else doesn't work."""
    danger = danger_ears().hear(text)

    assert danger is not None
    assert danger.plain


@pytest.mark.parametrize("text", ["it was a joke sorry", "sorry, just kidding", "I was only joking", "冗談でした"])
def test_a_joke_takes_an_alarm_back(text: str) -> None:
    """In both languages."""
    assert danger_ears().takes_any_back(text)


@pytest.mark.parametrize(
    "text", ["this is not a joke", "I'm not kidding", "it is no joke", "冗談ではありません", "冗談じゃない"]
)
def test_what_is_no_joke_takes_nothing_back(text: str) -> None:
    """Whoever insists goes on."""
    assert not danger_ears().takes_any_back(text)
