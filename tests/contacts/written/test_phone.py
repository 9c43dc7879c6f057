"""Telephone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.written.phone import INSIDE, SHORT_CODES, NotANumber, dialled, name_before, plain_number, read_numbers


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
    ("written", "sign", "cure"),
    [
        ("03-1234-ABCD", "ABCD", "番号だけ"),
        ("1800-FLOWERS", "FLOWERS", "番号だけ"),
        ("03-1234-5678（夜間 090-1234-5678）", "夜間", "番号だけ"),
        ("03-1234-5678, 5679", "5679", "市外局番"),
        ("1234-5678", "1234-5678", "市外局番"),
        ("312345678", "312345678", "先頭の0"),
        ("1-212-555-2368", "1-212-555-2368", "国番号"),
        ("111", "111", "内線111"),
        ("03-123", "03-123", "けた数"),
        ("03-0000-0000", "03-0000-0000", "けた数"),
        ("03-1234-5678-9", "03-1234-5678-9", "けた数"),
        ("+", "+", "番号だけ"),
        ("", "", "番号を送って"),
        ("+999 1234", "+999 1234", "国番号"),
    ],
)
def test_no_number_is_guessed(written: str, sign: str, cure: str) -> None:
    """Letters, a lost 0, too few digits: the sign is named with a cure that is right, and nothing is mended in silence."""
    with pytest.raises(NotANumber) as refused:
        plain_number(written)
    assert dict(refused.value.reason.facts)["sign"] == sign
    assert cure in refused.value.reason.ja
    assert sign in refused.value.reason.en
    assert dialled(written) == written


def test_a_second_number_is_for_when_nobody_answers() -> None:
    """Two in a cell are two; where one is wanted, the refusal says where the other belongs."""
    assert read_numbers("03-1234-5678（つながらないときは090-1234-5678）") == ("03-1234-5678", "090-1234-5678")
    with pytest.raises(NotANumber) as refused:
        plain_number("03-1234-5678 / 090-1234-5678")
    assert "「090-1234-5678」は「つながらないとき」" in refused.value.reason.ja


def test_an_extension_alone_is_dialled_by_nobody_outside() -> None:
    """It is kept as it stands, and no phone is given it to dial."""
    assert plain_number("（内線136）") == "内線136"
    assert dialled("内線136") == ""


@given(st.text(max_size=30))
def test_anything_else_is_refused_politely(text: str) -> None:
    """Whatever is typed: a number that reads back as itself, or NotANumber."""
    try:
        plain = plain_number(text)
    except NotANumber:
        return
    assert plain_number(plain) == plain
    assert plain in SHORT_CODES or plain.startswith(("0", "+", "#", INSIDE))


@pytest.mark.parametrize(
    ("written", "name", "rest"),
    [
        ("クラウドカルテ（2026-04-01契約） 03-1234-5678", "クラウドカルテ(2026-04-01契約)", "03-1234-5678"),
        ("みどりPC 2026.12.01 090-1234-5678", "みどりPC 2026.12.01", "090-1234-5678"),
        ("みどりPC 2026-12-01 03-1234-5678", "みどりPC 2026-12-01", "03-1234-5678"),
        ("みどりPC 12月1日から TEL.03-1234-5678", "みどりPC 12月1日から", "TEL.03-1234-5678"),
        ("みどりPC 2026-12-01", "", "みどりPC 2026-12-01"),
        ("みどりPC R8.12.1", "", "みどりPC R8.12.1"),
    ],
)
def test_a_date_before_a_number_is_none(written: str, name: str, rest: str) -> None:
    """A day, however it is written, is neither the number nor a part of it."""
    assert tuple(part.strip() for part in name_before(written)) == (name, rest)
