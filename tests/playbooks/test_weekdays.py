"""Weekdays by name, in both languages; numbers are refused, since programs disagree on them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from playbooks.drills.shape import DrillKind
from playbooks.weekdays import weekday_by_name, weekdays_by_name


@pytest.mark.parametrize("written", ["thu", "Thu", "Thursday", "木", "木曜", "木曜日", " thurs "])
def test_a_weekday_has_many_names(written: str) -> None:
    """Short or whole, in Japanese or English, with capitals or without."""
    assert weekday_by_name(written) == "thu"


@pytest.mark.parametrize("written", ["4", 4, "４", "-1", "0"])
def test_a_number_is_refused(written: object) -> None:
    """And the mistake says why, and what to write."""
    with pytest.raises(ValueError, match=r"is a number, and programs disagree.*mon … sun"):
        weekday_by_name(written)


@pytest.mark.parametrize("written", ["th", "", "曜日", "someday", "木金", "祝"])
def test_what_is_no_weekday_is_refused(written: str) -> None:
    """Two letters could be two days; a holiday is none."""
    with pytest.raises(ValueError, match="no weekday"):
        weekday_by_name(written)


@pytest.mark.parametrize("written", ["火 木", "木・火", "火木", "tue, thu", ["thu", "火"], ("thu", "tue", "thu")])
def test_several_stand_in_the_order_of_the_week(written: object) -> None:
    """However they are separated, each once."""
    assert weekdays_by_name(written) == ("tue", "thu")


def test_none_and_one() -> None:
    """Nothing written is no weekday; a bare number in a list or alone is still refused."""
    assert weekdays_by_name("") == weekdays_by_name([]) == ()
    for number in (2, [2], "2"):
        with pytest.raises(ValueError, match="number"):
            weekdays_by_name(number)


def test_a_kind_of_drill_takes_names_only() -> None:
    """In a facility's own kinds.yaml, too."""
    told = {
        "id": "quiz",
        "title": {"ja": "あ", "en": "a"},
        "purpose": {"ja": "あ", "en": "a"},
        "minutes": 3,
        "slot": "session",
        "every_months": 1,
        "everybody": True,
        "owner": "reception",
        "playbook": "p",
        "source": "own",
    }

    assert DrillKind.model_validate({**told, "weekdays": "火"}).weekdays == ("tue",)
    with pytest.raises(ValidationError, match="programs disagree"):
        DrillKind.model_validate({**told, "weekdays": [2]})
