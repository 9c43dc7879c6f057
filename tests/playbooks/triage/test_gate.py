"""First words are not for everything.

On sentences that were never built with, patterns alone gave them to 17 of 154 ordinary texts, and to 11 of 58 that came later;
with what is learnt beside them, to none of 120.
"""

from __future__ import annotations

import pytest

from bot.desks.likely import likely_among
from playbooks.triage.gate import gate
from tests.library import shipped_catalogue
from tests.playbooks.triage.sentences import rows


def test_ordinary_texts_are_no_reports() -> None:
    """At most one in fifty is answered with first words; none begins a response by itself."""
    likely = likely_among(shipped_catalogue().playbooks)
    heard = [likely(row["text"]) for row in rows("unseen", "ordinary")]

    assert sum(bool(one.playbooks) for one in heard) <= 0.02 * len(heard)
    assert not any(one.sure for one in heard)


@pytest.mark.parametrize(
    "text",
    [
        "テレビで病院のサイバー攻撃のニュースやってた",
        "昨日止まってたプリンタ、業者さんが直してくれました",
        "もしカルテが止まったら紙の用紙はどこですか",
        "カードリーダーの入れ替えは3月の予定です",
        "うちの旦那、電車に傘忘れてばっか",
        "わかりません",
    ],
)
def test_talk_is_left_out(text: str) -> None:
    """Heard of, over, asked, planned, somebody's own, and an answer."""
    assert gate().reporting(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "電子カルテが動かない、画面に英語が出てる",
        "明日までに払えと画面に出ています",
        "うちのデータを預けている会社が情報を漏らしたと新聞に載ってます",
        "カルテが開かないんですけど、どうしたらいいですか",
    ],
)
def test_trouble_is_left_in(text: str) -> None:
    """Also where it names a day, a newspaper, or pleads."""
    assert gate().reporting(text) == text


EVERYDAY = (
    "保育園から子どもが熱と電話",
    "娘が熱出したって幼稚園から連絡",
    "the nursery called, my kid has a fever",
    "院内の金庫が開いてる",
    "裏口の鍵が開いてた",
    "窓が開いてる",
    "the safe is open",
    "煙草の煙が臭いと患者さんから苦情",
    "隣の店の換気扇がくさいと患者さんから苦情",
    "待合の音楽がうるさいと言われた",
    "エアコンが寒いと患者さんに言われた",
    "a patient complains about cigarette smoke",
    "爆弾みたいに重いファイル",
    "ファイルが山みたいに積んである",
    "泥棒みたいに静かに入ってこないで",
    "it is like a bomb went off in the break room",
)
TROUBLE = (
    "知らない窓が開いて英語が出てる",
    "金庫がこじ開けられて開いてる、バックアップのUSBがない",
    "カルテが遅いと患者さんから苦情",
    "電話がつながりにくいと患者さんから苦情",
    "裏口が開いてて、ノートパソコンがない",
    "学校から、健診のデータが違う子のものだったと電話がありました",
    "夜中の3時にカルテへのログイン履歴がある",
    "インフルの予防接種、対象の人じゃない方に打ってしまいました",
    "someone took the laptop, the back door was open",
)


def test_how_the_house_is_begins_nothing() -> None:
    """A door, a smell, a call about one's child, a figure of speech: its writer is asked, and time begins nothing."""
    likely = likely_among(shipped_catalogue().playbooks)

    assert [text for text in EVERYDAY if likely(text).playbooks] == []
    assert [text for text in TROUBLE if not likely(text).playbooks] == []
