"""Promises about words of people who have never seen the matcher: who did it, whose it is, what works, what is over.

``sentences/strangers.tsv`` was written and labelled by somebody who doesn't know how triage works; ``also`` names what would
be right as well. The part ``build`` was looked at while signs were written, the part ``test`` never.
"""

from __future__ import annotations

import csv
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.desks.likely import likely_among
from playbooks.triage.lexicon import triage_of
from playbooks.triage.ranking import Match
from tests.library import shipped_catalogue

STRANGERS = Path(__file__).parent.parent / "sentences" / "strangers.tsv"
SURE = 0.45
ATTACKS = {"ransomware", "unauthorised_access", "support_scam", "website_tampering"}


class Heard(NamedTuple):
    """A sentence with what it means and what triage makes of it."""

    text: str
    right: set[str]
    found: list[Match]

    @property
    def names(self) -> list[str]:
        """The playbooks that the reporter would be offered."""
        return [match.playbook for match in self.found[:3]]


def ranked(text: str) -> list[Match]:
    """What the library's triage finds."""
    return triage_of(shipped_catalogue().playbooks).rank(text)


@cache
def strangers(half: str) -> tuple[Heard, ...]:
    """All sentences of one half, heard."""
    with STRANGERS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]
    return tuple(
        Heard(row["text"], {row["playbook"], *filter(None, row["also"].split(","))}, ranked(row["text"]))
        for row in rows
    )


def figures(half: str) -> tuple[float, float, float, float]:
    """Give the shares found first, in the first three, and answered at once; of everyday ones that which raises nothing."""
    likely = likely_among(shipped_catalogue().playbooks)
    told = [heard for heard in strangers(half) if heard.right != {"none"}]
    calm = [heard for heard in strangers(half) if heard.right == {"none"}]
    return (
        sum(heard.names[:1] != [] and heard.names[0] in heard.right for heard in told) / len(told),
        sum(not heard.right.isdisjoint(heard.names) for heard in told) / len(told),
        sum(bool(likely(heard.text).playbooks) for heard in told) / len(told),
        sum(not likely(heard.text).playbooks for heard in calm) / len(calm),
    )


@pytest.mark.parametrize(("half", "least"), [("build", (0.89, 0.95, 0.85, 1.0)), ("test", (0.80, 0.90, 0.81, 0.95))])
def test_strangers_are_understood(half: str, least: tuple[float, float, float]) -> None:
    """No half falls below what was reached for first, first three, at once, and quiet; the half never looked at is honest.

    What is not answered at once is asked about: "is something going on now?".
    """
    assert all(reached >= bound for reached, bound in zip(figures(half), least, strict=True)), figures(half)


@pytest.mark.parametrize("half", ["build", "test"])
def test_an_attack_is_never_surely_something_else(half: str) -> None:
    """Of what an attacker does, nothing opens a playbook by itself that leaves the attacker in."""
    surely = [
        heard for heard in strangers(half) if heard.right & ATTACKS and heard.found and heard.found[0].score >= SURE
    ]

    assert [h.text for h in surely if h.names[0] not in ATTACKS | h.right] == []


def test_a_ranking_takes_a_moment() -> None:
    """Under ten thousandths of a second of this machine's own work for a sentence, so that nobody waits for it."""
    texts = [heard.text for heard in strangers("build")]
    began = time.process_time()
    for text in texts:
        ranked(text)

    assert time.process_time() - began < 0.010 * len(texts)


TOLD = {
    "ehr_outage": """
        サポートに電話中です。電子カルテが立ち上がりません
        カルテ開けない
        メーカーに電話してるけど出ない、レセコンが動かない
        ネットは見られるのにカルテだけ開かない
        電話は使えます、電子カルテが落ちました
        保守の人と電話中、カルテが固まったまま
        カルテが開きません、ホームページは見られます
        薬歴開けません
        診察室のカルテ開かないです
        カルテ入れない、サポートは話し中
        レントゲンは撮れるけど画像がカルテに出ない
    """,
    "vendor_breach": """
        保守の会社が患者データを間違って別の医院に送ったと連絡がありました
        検査会社がうちの患者の結果を別の病院に送ってしまったそうです
        先方のミスでうちの患者さんの名簿が外に出たと連絡
        委託先の人が患者データの入ったUSBをなくしたと謝りに来た
        カルテ屋さんの社員が患者一覧を持ち出していたと報告
        予約システムの会社から情報が漏れたとお詫びのメール
        業者がうちのデータを別のお客さんに渡してしまったと電話
        社労士事務所がランサムウェアにやられた、職員の情報も
        技工所がウイルスに感染して指示書が見られたかもと連絡
        クラウドの会社から、うちの患者情報が第三者に見られたと通知
    """,
    "insider": """
        スタッフが友達に患者の診断名を教えてしまったみたい
        職員が近所の人に患者さんの病気を話している
        看護師が元夫のカルテを見ていた
        パートさんが患者さんのことをSNSに書いている
        受付の子が知り合いのカルテをのぞいている
        辞めた職員のIDで昨日カルテが開かれている
        退職する先生が患者名簿をコピーしていた
        同僚が飲み会で患者さんの病名をしゃべっていた
        事務の人がUSBに患者データを入れて持ち帰った
        レジのお金が同じ職員の日だけ合わない
    """,
    "unauthorised_access": """
        夜中に誰かがカルテに入った記録があります
        休みの日にカルテにログインした跡がある
        知らない国からログインされていました
        知らない人が診察室のパソコンを触っていた
        誰もログインしてないのに認証コードが届く
        見覚えのない管理者アカウントが増えている
        自分のIDで夜中にカルテが開かれた履歴がある
        うちのメールから迷惑メールが大量に送られている
        パスワードが勝手に変わっていて入れません
        患者さんが待合の端末でログインしていた
    """,
    "disaster": """
        近所の火事で避難しろって言われた
        隣の建物から煙が来ています
        裏の川があふれそうで避難の放送
        隣の店が燃えています
        ガスのにおいがする
        停電で吸引器が止まった
        天井から水が落ちてきた
        揺れて棚が倒れた
        コンセントから火花が出た
        津波警報が出ています、避難したほうがいいですか
    """,
    "none": """
        ホームページの診療時間を直しておきました
        どのウイルスソフトがおすすめ？
        あおばシステムサポート
        もし停電したらどこに電話すればいいですか
        昨日の地震はこわかったですね
        隣の県の病院がサイバー攻撃にあったらしい、ニュースで見た
        患者さんが自分のスマホをなくしたそうです
        家のWi-Fiがつながらない
        タブレットなくしたと思ったら、引き出しの中にありました
        先月の誤送信の報告書を出しました
        火災報知器の点検の人が来ます
        トナーがもうありません
        サポート詐欺って何ですか
        株式会社みらいネットワークサービス
    """,
}


@pytest.mark.parametrize(
    ("playbook", "text"), [(name, text.strip()) for name, texts in TOLD.items() for text in texts.strip().splitlines()]
)
def test_who_did_it_whose_it_is_and_what_works_is_heard(playbook: str, text: str) -> None:
    """What works is not the trouble; a vendor's slip is the vendor's, staff's is staff's; a neighbour's fire is ours."""
    assert [match.playbook for match in ranked(text)[:1]] == ([] if playbook == "none" else [playbook])


def test_a_call_for_help_to_the_vendor_is_no_scam() -> None:
    """Whoever is on the phone with the vendor while the system is down doesn't open the scam playbook."""
    assert all(
        m.score < SURE
        for m in ranked("サポートに電話中です。電子カルテが立ち上がりません")
        if m.playbook == "support_scam"
    )
