"""One thing, one word: forms that are banned from every text that a person can see, and the reason for each.

A row is a pattern, not a sentence; each brings a sentence that it must catch and one that it must let pass, so that none goes blind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from playbooks.kinds import filled
from playbooks.model import FacilityKind, Step
from playbooks.prohibitions import says_not
from playbooks.texts import Text, Texts
from tests.library import shipped_catalogue
from tests.wording import Said, texts


def everywhere(said: Said) -> bool:
    """Every text."""
    return True


def to_staff(said: Said) -> bool:
    """What staff read in the chat: neither on paper nor for patients."""
    return not (said.on_paper or said.to_patients)


def said_by_us(said: Said) -> bool:
    """What is neither law nor a letter to patients: there 分かる is as official as everything else."""
    return not said.where.startswith(("law.", "patients."))


def in_the_chat(said: Said) -> bool:
    """What is not said at the command line."""
    return not said.where.startswith("bot/phrases/")


def to_patients(said: Said) -> bool:
    """What patients read."""
    return said.to_patients


def not_to_patients(said: Said) -> bool:
    """What anybody but patients reads."""
    return not said.to_patients


def everyone_reads_it(said: Said) -> bool:
    """What is read in a kind of facility that has no 院長."""
    return bool({"pharmacy", "visiting_nurse"} & {*said.kinds})


@dataclass(frozen=True)
class Rule:
    """A banned form: what it is a pattern of, why, where it holds, what it must catch and what it must let pass."""

    banned: str
    why: str
    catches: str
    passes: str
    language: str = "ja"
    holds: Callable[[Said], bool] = everywhere
    but: str = r"(?!)"
    """Where it may stand all the same: a pattern over ``where``."""


RULES: dict[str, Rule] = {
    "negation": Rule(
        r"(?:しないでください|してはいけないこと)(?:\s*[・✕]\s*\S*(?:ない|ません)(?:\s|$))",
        "a heading that forbids turns an item round that says not once more",
        "⚠️ しないでください\n・電源を切らない\n",
        "⚠️ してはいけないこと\n✕ 電源を切る",
    ),
    "account": Rule(
        r"(?<!ログインの)登録を(?:一時)?(?:取り返|止め)|使わない登録",
        "登録 is the entry in our registry; what one signs in with is アカウント（ログインの登録）",
        "その人の登録を止めてもらう",
        "アカウント（ログインの登録）を取り返す",
    ),
    "slip": Rule(
        r"控え(?!て|ま|る|た|よ|願)(?<!会計の控え)",
        "控え was backup, copy, slip and list: バックアップ, 写し, メモ, 一覧; only 会計の控え is left",
        "無事な控えから戻した",
        "会計の控えに署名をもらう",
    ),
    "odd machine": Rule(
        r"(?<!様子の)おかし[いな]機械",
        "様子のおかしい機械（パソコン）: it is how it behaves that is odd",
        "おかしい機械にさわらない",
        "様子のおかしい機械にさわらない",
    ),
    "computer": Rule(
        r"(?:別の|ほかの|安全な|被害のない|止まった|その)機器",
        "機械 in the chat, 機器 in compounds (医療機器) and on paper",
        "別の機器から変える",
        "医療機器の線を抜く",
        holds=to_staff,
    ),
    "box": Rule(
        r"(?:VPN|回線|保存用|保守用|停電用の電池|線と|線や)の?箱",
        "a box has a name: ルーター, NAS, ONU, UPS",
        "保存用の箱（NAS）",
        "ふたのある箱に入れる",
    ),
    "company": Rule(
        r"ベンダー|(?<![一-鿿])業者(?!の(?:方|人))|事業者",
        "システム会社 to staff; 事業者 is for paper",
        "事業者に電話してください",
        "システム会社に電話してください",
        holds=to_staff,
    ),
    "us": Rule(
        r"(?:^|[、。は「（・へ]|\s)うち(?:の(?!ち)|は|が|で|も|へ|まで|だけ|に)",
        "当施設 to staff and on paper, 当院・当薬局・当ステーション to patients; うち only in what others say",
        "うちの報告の期限",
        "今のうちに電源を切る",
        but=r"drills\.scenarios\..*\.(?:text|opening)$",
    ),
    "head": Rule(
        r"院長(?!・管理者|先生)",
        "a pharmacy has a 管理薬剤師, a station a 管理者: {{ head }} in phrases, 責任者 or 院長・管理者 elsewhere",
        "院長が専門家と決めます",
        "責任者が専門家と決めます",
        holds=everyone_reads_it,
        but=r".*kinds\.yaml:head\.(?:clinic|dental)",
    ),
    "necessary": Rule(
        r"(?<![一-鿿])要(?:る(?![一-鿿])|ら(?:ない|ず)|り(?:ま|そ)|れば)|(?:^|[はがも、。])いら(?:な[いくか]|ず)",
        "必要・不要・必要なら: 要れば is misread",
        "要れば救急を呼ぶ",
        "必要なら119番に電話する",
    ),
    "patients": Rule(
        r"患者様|患者さま",
        "患者さん among staff; 患者さま and 患者の皆さま only in what patients read",
        "患者さまに説明する",
        "患者さんに説明する",
        holds=not_to_patients,
    ),
    "patients, politely": Rule(
        r"患者さん",
        "what patients read calls them 患者さま or 皆さま",
        "患者さんの情報が",
        "患者さまの情報が",
        holds=to_patients,
    ),
    "leak": Rule(
        r"漏れ|情報もれ|もれ・|・もれ|呼びもれ|書きもらし",
        "漏えい is the noun, もれる the verb; what was left out is 抜け or 忘れ",
        "情報もれのおそれ",
        "情報漏えいのおそれ。もれていません",
    ),
    "looking back": Rule(r"ふ[りリ]返り|ふりかえ|振返り", "振り返り", "短いふり返り", "短い振り返り"),
    "readiness": Rule(
        r"準備のすすみ|いまの備え|備えの(?:進み|度)",
        "one figure, one name: 備えの点数",
        "準備のすすみ具合",
        "備えの点数: 25点",
    ),
    "a word": Rule(r"ひとこと|ひと言", "一言", "ひとこと書いてください", "一言書いてください"),
    "who": Rule(
        r"誰", "だれ; どなた where somebody is asked about people politely", "誰が決めますか", "だれが決めますか"
    ),
    "remote maintenance": Rule(
        r"リモート(?:保守|メンテ)|遠隔(?:点検|メンテ)", "遠隔保守", "リモート保守（遠隔点検）", "遠隔保守の回線"
    ),
    "event": Rule(r"できごと|でき事", "出来事", "できごとの記録", "出来事の記録"),
    "part of the work": Rule(
        r"手順のまとまり|トラック(?!ボール)", "作業の区分", "手順のまとまりを開始", "作業の区分を開始"
    ),
    "in charge": Rule(
        r"指揮(?!系統)|指揮官", "対応の責任者: five people need no 指揮", "指揮をとる", "対応の責任者になる"
    ),
    "one spelling": Rule(
        r"(?<!自)分か(?:らな|らず|りま|った|って|る)|見くら|だいじょうぶ|いっしょ|すみやか|おつかれ|印をつけ|確認ずみ"
        r"|ちが[いうえっわ]|(?<!お)かわり|こわ[れしす]|もど[しすりるっせ]|(?:^|[をにの、。［「])さが[しすせそ]",
        "a word that is spelt in two ways is read twice: わかる、見比べる、大丈夫、一緒、速やか、お疲れ、印を付ける、済み、違う、代わり、壊れる、戻す、探す",
        "分からない線、見くらべる、まちがい、写真のかわり",
        "自分から調べる。わからない線、見比べる、間違い、写真の代わり",
        holds=said_by_us,
    ),
    "LAN lead": Rule(
        r"LANケーブル|通信の線",
        "LANの線, as it stands on the label that is stuck to it",
        "LANケーブルを抜いてください",
        "LANの線を抜いてください",
        holds=to_staff,
    ),
    "log": Rule(
        r"(?<![プブ])(?<!記録（)ログ(?!イン|アウト)",
        "記録（ログ）: at a reception nobody knows the loan word alone",
        "ログを残すよう頼む",
        "記録（ログ）を残す。プログラム、ブログ、ログイン",
        holds=to_staff,
        but=r".*questions\.yaml:vendor\.traces",
    ),
    "this guide": Rule(
        r"ボット",
        "この案内, as in the playbooks: one thing, one name; the command line alone speaks to whoever runs a bot",
        "ボットが止まっていました",
        "この案内が止まっていました",
        holds=in_the_chat,
        but=r".*upkeep\.yaml:see_bot",
    ),
    "affected": Rule(
        r"被害の(?:ある)?機械",
        "被害のあった機械",
        "被害の機械から写す",
        "被害のあった機械から写す",
    ),
    "hospital words": Rule(
        r"御院|貴院",
        "the words of a telephone call, and right for a pharmacy: そちら",
        "御院のサーバー",
        "そちらのサーバー",
    ),
    "Do NOT": Rule(
        r"Do NOT|(?:What not to do|Never)\W*(?:\n|\s)\s*[•✕]\s*(?:Do not|Don't|Never)\b",
        "under a heading that forbids, an item names what is forbidden",
        "⚠️ Do NOT: • Do not switch it off",
        "⚠️ Never\n✕ Switch it off",
        "en",
    ),
    "owed": Rule(
        r"\b[Oo]w(?:e|es|ed)\b(?!\s*%)(?! and)",
        "reports are required, not owed",
        "a report is owed",
        "a report is required",
        "en",
    ),
    "seen": Rule(
        r"Confirmed: |^Confirmed$|\bconfirmed \d|[Aa]lert no\b|[Aa]lert \d",
        "Seen by 1 of 4; Reminder",
        "Confirmed: 1 of 4",
        "Seen by 1 of 4. To be confirmed: the law",
        "en",
    ),
    "the house": Rule(
        r"leaves? the house|in the house\b|hands in the house",
        "send out, hand out; on site",
        "before it leaves the house",
        "before you send it out",
        "en",
    ),
    "deadline": Rule(
        r"[Tt]he day has passed|This is time no\.|[Tt]ake command|whose it is",
        "The deadline has passed; missed 2 promised times; take charge; who wrote it",
        "The day has passed.",
        "The deadline has passed.",
        "en",
    ),
    "list marks": Rule(
        r"(?:^|\n)\s*[・·]", "one list mark: •", "Reports\n・PPC preliminary", "Reports\n• PPC preliminary", "en"
    ),
    "help": Rule(
        r"(?:^|\n)\s*/[a-z]+ [A-Z](?!xcel)",
        "what a command does begins small",
        "/report Make a document",
        "/report make a document",
        "en",
    ),
}


def bare(text: str) -> str:
    """Give a text without what a template does, so that only what is read is looked at."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", RULES)
def test_the_banned_form_stands_nowhere(name: str) -> None:
    """In no phrase, playbook, drill, law, text for patients or picture that falls under the rule."""
    rule = RULES[name]
    banned, but = re.compile(rule.banned), re.compile(rule.but)
    found = [
        f"{said.where}: {said.text}"
        for said in texts()
        if said.language == rule.language and rule.holds(said) and banned.search(bare(said.text))
        if not but.fullmatch(said.where)
    ]

    assert found == [], rule.why


@pytest.mark.parametrize("name", RULES)
def test_a_rule_sees_what_it_is_for(name: str) -> None:
    """It would catch the form if somebody put it back, and leaves the right one alone."""
    rule = RULES[name]

    assert re.search(rule.banned, rule.catches)
    assert not re.search(rule.banned, rule.passes)


STRANGE: dict[FacilityKind, str] = {
    "pharmacy": r"当院|院長|カルテ(?!を使|・薬歴)|院内(?!処方|感染)|診療日",
    "visiting_nurse": r"当院|院長|カルテ(?!・薬歴)|院内(?!感染)|診療日|患者さん(?!や利用者さん)",
}
"""What would tell a kind of facility that the text was written for somebody else."""

ITS_OWN = re.compile(r"(?:contacts|bot|playbooks)/(?:phrases|words).*|pictures\..*")
"""Phrases take their words when they are said; what they hold besides is held by the rules above."""


@pytest.mark.parametrize("kind", STRANGE)
def test_each_kind_is_spoken_to_in_its_own_words(kind: FacilityKind) -> None:
    """Whatever a pharmacy or a station reads of playbooks and drills, it has its own head, people, records and rooms."""
    strange = re.compile(STRANGE[kind])
    found = [
        f"{said.where}: {text}"
        for said in texts()
        if said.language == "ja" and kind in said.kinds and not ITS_OWN.fullmatch(said.where)
        if not said.where.startswith(("law.", "patients."))
        if strange.search(text := filled(said.text, kind, "ja"))
    ]

    assert found == []


def cards() -> Iterator[Step]:
    """Give every step of the playbooks that come along."""
    for book in shipped_catalogue().playbooks.values():
        for track in book.tracks.values():
            yield from track.steps.values()


def test_no_prohibition_says_not() -> None:
    """Under a heading that forbids stands what is forbidden, in all playbooks that come along."""
    steps = [step for card in cards() for step in (card, *card.lines.values())]

    assert [step.ask.ja for step in steps if says_not(step.never)] == []
    assert says_not(Texts(ja=("電源を切らない",), en=("Switch it off",)))


def unknown_buttons(card: Step) -> list[str]:
    """Give what a card tells people to choose that stands on none of its buttons."""
    steps = (card, *card.lines.values())
    labels = [answer.label.ja for step in steps for answer in step.answers.values()]
    labels += [choice.label.ja for step in steps for choice in step.choices.values()]
    told = [text.ja for step in steps for text in (step.ask, step.why) if text]
    named = [name for text in told for name in re.findall(r"「([^「」]+)」を選", text)]
    return [name for name in named if not any(name in label for label in labels)]


def test_a_button_is_called_by_what_stands_on_it() -> None:
    """Where a step says 「…」を選んでください, there is such a button."""
    card = next(
        card
        for card in cards()
        if any("「つながりません」を選" in s.why.ja for s in (card, *card.lines.values()) if s.why)
    )
    elsewhere = card.model_copy(update={"why": Text(ja="「できない」を選んでください", en="-")})

    assert [name for one in cards() for name in unknown_buttons(one)] == []
    assert unknown_buttons(elsewhere) == ["できない"]
