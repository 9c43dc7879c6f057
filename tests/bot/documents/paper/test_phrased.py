"""Lines of a poster end where a phrase does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.paper.phrased import phrased


def test_no_word_falls_apart() -> None:
    """「しています。」 stays whole; a particle stays with its word, お with the word behind it."""
    said = "紙で受付・会計をしています。\nお待たせして申し訳ございません。\n職員にお声がけください。"
    assert list(phrased(said, 13)) == [
        "紙で受付・会計を",
        "しています。",
        "お待たせして",
        "申し訳ございません。",
        "職員にお声がけください。",
    ]
    assert list(phrased("Our system is down\nand we are sorry", 13)) == ["Our system is down", "and we are sorry"]


@given(st.text(alphabet="紙を受付、しています。 は電子カルテ\nab", max_size=80), st.integers(4, 40))
def test_nothing_is_lost(text: str, widest: int) -> None:
    """Whatever is written: the lines together are the text, and only its own line breaks are gone."""
    assert "".join(phrased(text, widest)) == text.replace("\n", "")
