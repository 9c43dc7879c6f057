"""Lengths and cuts are Telegram's own; no word is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.text import fits, pieces, plain, units
from tests.telegram_double.entities import parsed

_WORDS = st.text(alphabet="aあ🚨 \n。", max_size=30).map(lambda words: words + "x")
_MARKED = st.recursive(
    _WORDS,
    lambda inner: st.tuples(st.sampled_from("biu"), st.lists(inner, min_size=1, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=12,
)


def test_an_emoji_counts_two() -> None:
    """Telegram counts UTF-16 units; marks and references count as what is seen."""
    assert [units("灯"), units("🚨"), units(plain("<b>&amp;</b>"))] == [1, 2, 1]
    assert fits("<b>ab</b>\n\n", 2)
    assert not fits("🚨a", 2)


def test_a_text_that_fits_stays_as_it_is() -> None:
    """To the last sign of its source."""
    assert pieces("<b>a</b>&nbsp;\n", 10) == ["<b>a</b>&nbsp;\n"]


def test_cuts_are_sought_where_a_reader_pauses() -> None:
    """After a paragraph, else a line, else a sentence or word, else anywhere."""
    assert pieces("一\n\n二\n三四五六", 6) == ["一", "二\n三四五六"]
    assert pieces("一二\n三四五六", 6) == ["一二", "三四五六"]
    assert pieces("一二。三四五六", 6) == ["一二。", "三四五六"]
    assert pieces("一二三四五六", 4) == ["一二三四", "五六"]


def test_marks_are_closed_and_opened_again() -> None:
    """Each piece stands by itself, with its links."""
    html = '<b>一二<a href="https://example.org">三四五六</a></b>'

    assert pieces(html, 4) == [
        '<b>一二<a href="https://example.org">三四</a></b>',
        '<b><a href="https://example.org">五六</a></b>',
    ]


def test_what_is_no_mark_of_telegrams_stays() -> None:
    """Somebody's own signs are words, also when they look like a page's code."""
    for words in ("<script>a", "a < b", "<!-- x -->", "<br/>", "</p>", "<?x>", "A & B", "<![CDATA[x]]>"):
        assert plain(words) == words


@given(html=_MARKED, limit=st.integers(min_value=2, max_value=12))
def test_every_piece_is_one_that_telegram_takes(html: str, limit: int) -> None:
    """Whatever is cut: each piece parses, fits, is not empty, and together they hold every word and sign."""
    found = pieces(html, limit)
    words = [parsed(piece, "HTML")[0] for piece in found]

    assert all(0 < units(piece) <= limit for piece in words)
    assert "".join("".join(words).split()) == "".join(plain(html).split())
