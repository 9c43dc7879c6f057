"""Promises about words of people who have never seen the matcher: who did it, whose it is, what works, what is over.

``sentences/strangers.tsv`` and ``sentences/unseen/reports.tsv`` were written and labelled by people who don't know how triage
works; ``also`` names what would be right as well. The part ``build`` of the first was learnt from, its part ``test`` and the
second never: of them signs alone took 80 % right.
"""

from __future__ import annotations

import csv
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.desks.likely import Likely, likely_among
from tests.library import shipped_catalogue
from tests.playbooks.triage.sentences import right, rows

STRANGERS = Path(__file__).parent.parent / "sentences" / "strangers.tsv"
ATTACKS = {"ransomware", "unauthorised_access", "support_scam", "website_tampering"}


class Heard(NamedTuple):
    """A sentence with what it means and what is made of it."""

    text: str
    right: frozenset[str]
    likely: Likely

    @property
    def names(self) -> tuple[str, ...]:
        """The playbooks that the reporter would be offered, at once or after they said that something is going on."""
        return self.likely.playbooks or self.likely.faint


@cache
def strangers(part: str) -> tuple[Heard, ...]:
    """All sentences of a part (``build``, ``test``, ``unseen``), heard."""
    likely = likely_among(shipped_catalogue().playbooks)
    if part == "unseen":
        found = rows("unseen", "reports")
    else:
        with STRANGERS.open(encoding="utf-8", newline="") as file:
            told = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found = tuple(row for row in told if row["half"] == part)
    return tuple(Heard(row["text"], right(row, "playbook"), likely(row["text"])) for row in found)


def figures(part: str) -> tuple[float, float, float, float]:
    """Give the shares found first, in the first three, and answered at once; of everyday ones that which raises nothing."""
    told = [heard for heard in strangers(part) if heard.right != {"none"}]
    calm = [heard for heard in strangers(part) if heard.right == {"none"}]
    return (
        sum(heard.names[:1] != () and heard.names[0] in heard.right for heard in told) / len(told),
        sum(not heard.right.isdisjoint(heard.names) for heard in told) / len(told),
        sum(bool(heard.likely.playbooks) for heard in told) / len(told),
        sum(not heard.likely.playbooks for heard in calm) / len(calm),
    )


@pytest.mark.parametrize("part", ["test", "unseen"])
def test_strangers_are_understood(part: str) -> None:
    """Of what was never learnt from, 90 % are found first, 96 % in the first three, 85 % at once; 95 % of everyday texts raise nothing.

    What is not answered at once is asked about: "is something going on now?".
    """
    assert all(reached >= least for reached, least in zip(figures(part), (0.9, 0.96, 0.85, 0.95), strict=True)), (
        figures(part)
    )


@pytest.mark.parametrize("part", ["build", "test", "unseen"])
def test_nothing_is_sure_and_harmlessly_wrong(part: str) -> None:
    """What begins by itself never leaves an attacker in, and is hardly ever wrong."""
    surely = [heard for heard in strangers(part) if heard.likely.sure]
    wrong = [heard for heard in surely if heard.names[0] not in heard.right]

    assert len(surely) > 0.2 * len(strangers(part))
    assert [heard.text for heard in wrong if heard.right & ATTACKS and heard.names[0] not in ATTACKS] == []
    assert len(wrong) <= 0.05 * len(surely)


def test_a_ranking_takes_a_moment() -> None:
    """Under ten thousandths of a second of this machine's own work for a sentence, so that nobody waits for it."""
    texts, likely = [heard.text for heard in strangers("build")], likely_among(shipped_catalogue().playbooks)
    began = time.process_time()
    for text in texts:
        likely(text)

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
    likely = likely_among(shipped_catalogue().playbooks)(text)
    assert (likely.playbooks[:1] if playbook == "none" else (likely.playbooks or likely.faint)[:1]) == (
        () if playbook == "none" else (playbook,)
    )


def test_a_call_for_help_to_the_vendor_is_no_scam() -> None:
    """Whoever is on the phone with the vendor while the system is down doesn't open the scam playbook."""
    likely = likely_among(shipped_catalogue().playbooks)("サポートに電話中です。電子カルテが立ち上がりません")
    assert likely.playbooks[0] == "ehr_outage"
