"""The author's shorthands."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from playbooks.authoring.author import AnyTrack, Leads, SharedMention, Span, WrittenAnswer, WrittenPlaybook


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("next_step", WrittenAnswer(to="next_step")),
        (None, WrittenAnswer()),
        ({"to": None}, WrittenAnswer(to=None)),
        ({"sets": {"persons": 12}}, WrittenAnswer(sets={"persons": "12"})),
    ],
)
def test_shorthands_of_an_answer(written: object, meant: WrittenAnswer) -> None:
    """An answer may be the name of a step, nothing at all, or spelled out; numbers become a fact's text."""
    assert TypeAdapter(Leads).validate_python(written) == meant


@pytest.mark.parametrize(("written", "seconds"), [("5 min", 300), ("2 h", 7200), ("1d", 86400)])
def test_times_allowed(written: str, seconds: int) -> None:
    """Times are written with their unit."""
    assert TypeAdapter(Span).validate_python(written) == seconds


def test_mention_of_a_shared_track() -> None:
    """What has the key `shared` is a mention, with only a few things to change."""
    assert TypeAdapter(AnyTrack).validate_python({"shared": "alarm", "urgency": 2}) == SharedMention(
        shared="alarm", urgency=2
    )


def test_keys_that_nobody_defined() -> None:
    """A key that nobody defined is refused, not passed over."""
    with pytest.raises(ValidationError, match="extra_forbidden"):
        WrittenPlaybook.model_validate({"colour": "red"})
