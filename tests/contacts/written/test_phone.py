"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.written.phone import SHORT_CODES, NotANumber, dialled, plain_number


@pytest.mark.parametrize(
    ("written", "plain", "dials"),
    [
        ("03-1234-5678", "03-1234-5678", "+81312345678"),
        ("０３ー１２３４ー５６７８", "03-1234-5678", "+81312345678"),
        ("0312345678", "03-1234-5678", "+81312345678"),
        ("(03)1234‐5678", "03-1234-5678", "+81312345678"),
        (" 03 1234 5678 ", "03-1234-5678", "+81312345678"),
        ("+81 3-1234-5678", "03-1234-5678", "+81312345678"),
        ("09012345678", "090-1234-5678", "+819012345678"),
        ("0120-179-066", "0120-179-066", "+81120179066"),
        ("03-1234-5678 内線１２", "03-1234-5678 内線12", "+81312345678"),
        ("+1 212 555 2368", "+1 212-555-2368", "+12125552368"),
        ("１１０", "110", "110"),
        ("＃９１１０", "#9110", "#9110"),
        ("119", "119", "119"),
        ("118", "118", "118"),
    ],
)
def test_every_way_of_writing_a_number(written: str, plain: str, dials: str) -> None:
    """One form to read, one to dial; short codes are dialled as they stand."""
    assert plain_number(written) == plain
    assert dialled(written) == dialled(plain) == dials
    assert plain_number(plain) == plain


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("03-1234-ABCD", "文字"),
        ("代表 03-1234-5678", "文字"),
        ("1800-FLOWERS", "文字"),
        ("03-1234-5678, 5679", "文字"),
        ("1234-5678", "0から"),
        ("312345678", "0から"),
        ("111", "0から"),
        ("03-123", "けた数"),
        ("03-0000-0000", "けた数"),
        ("03-1234-5678-9", "けた数"),
        ("+", "文字"),
        ("", "文字"),
        ("+999 1234", "けた数"),
    ],
)
def test_no_number_is_guessed(written: str, reason: str) -> None:
    """Letters, a lost 0, too few digits: said with the cure, never mended in silence."""
    with pytest.raises(NotANumber) as refused:
        plain_number(written)
    assert reason in refused.value.reason.ja
    assert refused.value.reason.en
    assert dialled(written) == written


@given(st.text(max_size=30))
def test_anything_else_is_refused_politely(text: str) -> None:
    """Whatever is typed: a number that reads back as itself, or NotANumber."""
    try:
        plain = plain_number(text)
    except NotANumber:
        return
    assert plain_number(plain) == plain
    assert plain in SHORT_CODES or plain.startswith(("0", "+"))
