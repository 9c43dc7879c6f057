"""Texts in two languages, neither of which may be missing."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from playbooks.texts import Text, Texts


def test_each_reader_gets_their_language() -> None:
    """Japanese for Japanese readers, English for the others."""
    text = Text(ja="線を抜いてください", en="Pull the cable")

    assert (text.in_language("ja"), text.in_language("en")) == ("線を抜いてください", "Pull the cable")
    assert Texts(ja=("電源を切らない",), en=()).in_language("en") == ()


@pytest.mark.parametrize("half", [{"ja": "はい"}, {"en": "Yes"}, {"ja": "はい", "en": ""}])
def test_half_a_text_is_none(half: dict[str, str]) -> None:
    """A sentence in one language only is refused: somebody here would be left without it."""
    with pytest.raises(ValidationError):
        Text.model_validate(half)


def test_nobody_changes_a_text_under_a_run() -> None:
    """Texts are frozen, and keys that nobody defined are refused."""
    with pytest.raises(ValidationError):
        Text(ja="はい", en="Yes").ja = "いいえ"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Text.model_validate({"ja": "はい", "en": "Yes", "fr": "Oui"})
