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
