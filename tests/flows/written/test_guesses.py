"""Guesses: what people write as known that still says of itself that it is assumed."""

from __future__ import annotations

import pytest

from flows.written.guesses import is_a_guess


@pytest.mark.parametrize(
    "text",
    [
        "VPN装置から入られたと推定（会社の見立て）",
        "部品の故障と思われる",
        "置き忘れの可能性が高い",
        "it was probably the VPN",
        "as the vendor thinks",
    ],
)
def test_it_says_so(text: str) -> None:
    """However it is said."""
    assert is_a_guess(text)


@pytest.mark.parametrize(
    "text",
    [
        "短縮番号の押し間違い（送信の記録で確認）",
        "停電による停止（電力会社の発表）",
        "A wrong speed dial was pressed, as the fax log shows",
    ],
)
def test_it_does_not(text: str) -> None:
    """What was found out is none."""
    assert not is_a_guess(text)
