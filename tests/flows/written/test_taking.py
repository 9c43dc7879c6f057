"""How a text is read as what a step takes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.refusals import Refused
from flows.written.taking import Given, own_words, read
from playbooks.step_types import Takes

NOW = datetime(2027, 4, 7, 9, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("takes", "text", "given"),
    [
        ("text", "再起動した", {"value": "再起動した", "text": "再起動した"}),
        ("number", "1,200枚", {"value": 1200, "text": "1,200枚"}),
        ("number", "１２", {"value": 12, "text": "１２"}),
        ("time", "9:05 に気づいた", {"value": "2027-04-07T09:05:00+09:00", "text": "9:05 に気づいた"}),
        ("contact", "田中さん、10:30まで", {"promised": "田中さん、10:30まで", "until": "2027-04-07T10:30:00+09:00"}),
        ("contact", "つながらない", {"promised": "つながらない", "until": None}),
    ],
)
def test_what_is_read(takes: Takes, text: str, given: Given) -> None:
    """The words are kept beside what they mean, whatever a step takes."""
    assert read(takes, text, NOW) == given
    assert own_words(given) == text


@pytest.mark.parametrize(
    ("takes", "refusal"),
    [
        ("number", "needs_number"),
        ("time", "needs_time"),
        ("photo", "needs_photo"),
        ("checklist", "needs_checklist"),
        ("nothing", "not_now"),
        ("choice", "not_now"),
        ("sign_off", "not_now"),
    ],
)
def test_what_no_text_answers(takes: Takes, refusal: str) -> None:
    """Somebody who writes something else is told what is expected."""
    with pytest.raises(Refused) as refused:
        read(takes, "たくさん", NOW)
    assert refused.value.name == refusal


def test_nothing_written() -> None:
    """A tick or a photo without a caption quotes nobody."""
    assert (own_words({"ticked": ["a"]}), own_words({"evidence": 3, "text": ""})) == ("", "")
