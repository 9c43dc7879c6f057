"""Promises of reading facts and times that a person types."""

from datetime import datetime, timedelta

import pytest

from playbooks.duties.clock import UnclearTime
from playbooks.duties.facts import WrongFacts, facts_from, known_at_from
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties


@pytest.fixture(scope="module")
def japan() -> Duties:
    """The file that is shipped."""
    read = load_duties("jp")
    assert isinstance(read, Duties)
    return read


def test_good_facts_are_read(japan: Duties) -> None:
    """Blanks around the sign do no harm, and 0012 persons are 12."""
    given = ["leak=suspected", " sensitive = yes ", "persons=0012", "malicious=unknown"]
    assert facts_from(japan, given) == {
        "leak": "suspected",
        "sensitive": "yes",
        "persons": "12",
        "malicious": "unknown",
    }


def test_what_a_japanese_keyboard_types_is_read(japan: Duties) -> None:
    """Wide digits, signs and letters are the plain ones, and signs nobody sees are none."""
    given = ["persons=１００１", "ｌｅａｋ＝suspected", "my_number_persons=\u202d12\u202c"]
    for written in ("１，２００", "１２００人", "1,200名", "1200 people"):
        assert facts_from(japan, [f"persons={written}"]) == {"persons": "1200"}
    assert facts_from(japan, given) == {"persons": "1001", "leak": "suspected", "my_number_persons": "12"}
    assert known_at_from("２０２６－１１－３０Ｔ１０：００＋０９：００") == known_at_from("2026-11-30T10:00+09:00")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("leek=suspected", "there is no fact `leek` (did you mean `leak`?"),
        ("leak=suspect", "`leak` cannot be `suspect` (did you mean `suspected`?"),
        ("leak=yes", "`leak` cannot be `yes` (did you mean one of none, suspected, confirmed, unknown?"),
        ("Sensitive=yes", "there is no fact `Sensitive` (did you mean `sensitive`?"),
        ("sensitive=suspected", "`sensitive` cannot be `suspected`"),
        ("persons=-1", "`persons` cannot be `-1` (write a whole number"),
        ("persons=about100", "`persons` cannot be `about100` (write a whole number, as in 1200, or `unknown`; `about`"),
        ("persons=約1200", "`persons` cannot be `約1200` (write a whole number, as in 1200, or `unknown`; `約`"),
        ("persons=1,20", "`persons` cannot be `1,20` (write a whole number"),
        (
            "persons=1200人以上",
            "`persons` cannot be `1200人以上` (write a whole number, as in 1200, or `unknown`; `以上`",
        ),
        ("persons=9999999999", "`persons` cannot be `9999999999` (write a whole number"),
        ("leak", "`leak` has no value"),
        ("=yes", "there is no fact ``"),
        ("", "`` has no value"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_cure(japan: Duties, word: str, told: str) -> None:
    """A mistyped fact is never passed over: it could make a report look not owed. Said in both languages."""
    with pytest.raises(WrongFacts) as refused:
        facts_from(japan, [word])
    assert refused.value.mistakes[0].what.en.startswith(told)
    assert refused.value.mistakes[0].what.ja.isascii() is False


def test_all_wrong_facts_are_told_at_once(japan: Duties) -> None:
    """Each with its place among those given; a fact given twice is one of them."""
    with pytest.raises(WrongFacts) as refused:
        facts_from(japan, ["leek=none", "leak=none", "leak=suspected", "persons=x"])
    assert [mistake.line for mistake in refused.value.mistakes] == [1, 3, 4]
    assert "given twice" in str(refused.value)


def test_a_time_keeps_its_zone() -> None:
    """Any offset will do."""
    assert known_at_from("2026-11-30T10:00+09:00").utcoffset() == timedelta(hours=9)
    assert known_at_from("2026-11-30T01:00Z") == known_at_from("2026-11-30T10:00+09:00")
    assert known_at_from(" 2026-11-30T10:00:30+09:00 ") > datetime.fromisoformat("2026-11-30T10:00+09:00")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-30T10:00", "has no zone"),
        ("2026-11-30", "has no zone"),
        ("yesterday", "is no time"),
        ("", "is no time"),
        ("2026-02-30T10:00+09:00", "is no time"),
    ],
)
def test_a_time_without_zone_or_sense_is_refused(text: str, told: str) -> None:
    """The refusal shows how to write it."""
    with pytest.raises(UnclearTime, match=told) as refused:
        known_at_from(text)
    assert "2026-11-30T10:00+09:00" in str(refused.value)
