"""Whether words say who and when: what only says that it was done names nobody and nothing."""

from __future__ import annotations

import pytest

from flows.written.witness import names_receipt, names_somebody, says_when


@pytest.mark.parametrize(
    "text",
    [
        "あおばカルテの山口さん、9:40",
        "10:20 林さん",
        "たなかさん 昨日",
        "きのうの夕方、山口",
        "山口さん、今電話で",
        "鈴木 11/29",
        "Yamaguchi of Aoba, 9:40",
        "Ms Sasaki, this morning",
        "１０時、あおばシステムの林",
    ],
)
def test_who_and_when(text: str) -> None:
    """A name and a time, in any order, as people write them in a hurry."""
    assert (names_somebody(text), says_when(text)) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "はい",
        "済み",
        "はい、10時",
        "大丈夫でした 10時",
        "もう直りました 10時",
        "復旧しました、10時",
        "誤報です、今",
        "うん、さっき",
        "事業者に確認、10時",
        "ベンダーさんが今言ってました",
        "担当の方と9時に話しました",
        "わかりません",
        "なし",
        "yes",
        "ok now",
        "vendor said ok at 9:40",
    ],
)
def test_nobody(text: str) -> None:
    """That it is all right, that somebody said so, that it was at ten: none of it says who."""
    assert not names_somebody(text)


@pytest.mark.parametrize("text", ["山口さん", "あおばカルテ", "Yamaguchi"])
def test_no_time(text: str) -> None:
    """Somebody, but nobody knows when."""
    assert (names_somebody(text), says_when(text)) == (True, False)


@pytest.mark.parametrize(
    "text", ["R-7", "受付 12", "12", "田中さんに渡しました", "2026-123", "県庁の佐々木様", "No. 5"]
)
def test_a_receipt(text: str) -> None:
    """A number, or who took it."""
    assert names_receipt(text)


@pytest.mark.parametrize(
    "text",
    ["はい", "済み", "提出済み", "渡した", "もう出した", "10時に出した", "FAXで送りました", "電話しました", "done"],
)
def test_no_receipt(text: str) -> None:
    """That and when it was sent is no receipt."""
    assert not names_receipt(text)
