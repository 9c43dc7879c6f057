"""What people write for a name that is none."""

from __future__ import annotations

import pytest

from contacts.written.replies import means_myself, means_none


@pytest.mark.parametrize(
    "text",
    [
        "わからない",
        "分かりません。",
        "いません",
        "なし",
        "ありません",
        "まだ決まっていません",
        "未定です",
        "None",
        "I don't know",
    ],
)
def test_there_is_none(text: str) -> None:
    """However politely it is written."""
    assert means_none(text)


@pytest.mark.parametrize("text", ["私です", "私", "自分", "自分でいいです", "me", "It's me"])
def test_it_is_they(text: str) -> None:
    """In few words."""
    assert means_myself(text)


@pytest.mark.parametrize(
    "text", ["田中", "稲井", "私市 花子", "中井 梨乃", "無しの木歯科", "本人確認システム", "東京都", "Noelle"]
)
def test_names_are_names(text: str) -> None:
    """Those of people, places and systems are neither."""
    assert not means_none(text)
    assert not means_myself(text)
