"""Promises of the texts for patients as data: when a wording fits, and how values read."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from playbooks.explanations.reading import load_explanations
from playbooks.explanations.shape import VALUES, Explanations, Values, Variant, filled, persons_in, seen
from playbooks.texts import Language, Text


@pytest.fixture(scope="module")
def texts() -> Explanations:
    """The texts that come along."""
    explanations, problems = load_explanations()
    assert explanations is not None
    assert problems == ()
    return explanations


def test_a_wording_with_a_condition_waits_until_it_is_certain() -> None:
    """What may or may not hold is not said; what is certainly unknown may be."""
    variant = Variant(ja="あ", en="a", when="leak == confirmed")
    assert variant.fits("cyber_attack", "clinic", {"leak": "confirmed"})
    assert not variant.fits("cyber_attack", "clinic", {"leak": "suspected"})
    assert not variant.fits("cyber_attack", "clinic", {"leak": "unknown"})
    assert not variant.fits("cyber_attack", "clinic", {})
    assert Variant(ja="あ", en="a", when="leak == unknown").fits("cyber_attack", "clinic", {})


def test_not_knowing_is_no_opposite() -> None:
    """`not leak` does not hold while nobody knows."""
    assert not Variant(ja="あ", en="a", when="not police_told").fits("disaster", "dental", {})


def test_a_wording_serves_its_events_and_facilities_only() -> None:
    """A text for pharmacies in a disaster is used nowhere else."""
    variant = Variant(ja="あ", en="a", events=("disaster",), facilities=("pharmacy",))
    assert variant.fits("disaster", "pharmacy", {})
    assert not variant.fits("cyber_attack", "pharmacy", {})
    assert not variant.fits("disaster", "clinic", {})


def test_a_condition_that_cannot_be_read_is_refused() -> None:
    """No condition is ever run as code."""
    with pytest.raises(ValidationError, match="cannot call"):
        Variant(ja="あ", en="a", when="__import__('os')")


def test_placeholders_are_named_once_in_order() -> None:
    """Both languages count."""
    assert Variant(ja="{{ b }}と{{a}}", en="{{ a }} {{ c }}").placeholders == ("b", "a", "c")


@pytest.mark.parametrize(
    ("told", "persons"),
    [
        ("1200", 1200),
        ("1", 1),
        ("0", None),
        ("unknown", None),
        ("", None),
        ("-3", None),
        ("約100", None),
        ("１２", None),
        ("9" * 30, None),
    ],
)
def test_only_a_number_counts_as_one(told: str, persons: int | None) -> None:
    """Anything else is unknown, never guessed at."""
    assert persons_in({"persons": told}) == persons
    assert persons_in({}) is None


def test_every_value_has_a_text_when_nothing_is_known(texts: Explanations) -> None:
    """It is the stand-in of the file, and marked as such."""
    for language in ("ja", "en"):
        values = filled(texts, Values(), {}, language)
        assert tuple(values) == VALUES
        assert not any(value.known or not value.text for value in values.values())
    assert filled(texts, Values(), {}, "ja")["contact"].text == "（お問い合わせ先を記入）"


@pytest.mark.parametrize(
    ("language", "day", "moment", "persons"),
    [
        ("ja", "2026年11月24日（火）", "2026年11月23日（月）8時05分ごろ", "1,200"),
        ("en", "Tuesday, 24 November 2026", "Monday, 23 November 2026, about 8:05", "1,200"),
    ],
)
def test_times_and_numbers_read_as_people_write_them(
    texts: Explanations, language: Language, day: str, moment: str, persons: str
) -> None:
    """In either language, whatever the locale of the machine."""
    values = Values(day=date(2026, 11, 24), found_at=datetime(2026, 11, 23, 8, 5))  # noqa: DTZ001
    read = filled(texts, values, {"persons": "1200"}, language)
    assert [read[name].text for name in ("day", "found_at", "persons")] == [day, moment, persons]


def test_a_value_may_be_given_in_both_languages(texts: Explanations) -> None:
    """A plain text stands in both; blanks and line breaks around and in it shrink to one space."""
    values = Values(facility=" 青葉\n 内科 ", cause=Text(ja="設定の誤り", en="a wrong setting"))
    assert filled(texts, values, {}, "en")["facility"].text == "青葉 内科"
    assert filled(texts, values, {}, "en")["cause"].text == "a wrong setting"
    assert filled(texts, values, {}, "ja")["cause"].text == "設定の誤り"
    assert not filled(texts, Values(cause=" \n"), {}, "ja")["cause"].known


def test_kinds_of_data_are_named_in_patients_words(texts: Explanations) -> None:
    """What was ticked without a wording is under investigation, and the list counts as incomplete."""
    known = filled(texts, Values(data_kinds=("images", "cards", "images")), {}, "ja")["data_kinds"]
    assert known.text == "検査の結果や画像、クレジットカードやログインの情報"
    assert known.known
    partly = filled(texts, Values(data_kinds=("moon", "images", Text(ja="写真", en="photos"))), {}, "ja")["data_kinds"]
    assert partly.text == "検査の結果や画像、写真、そのほか（調査中）"
    assert not partly.known


def test_conditions_see_which_values_are_there(texts: Explanations) -> None:
    """As `has_<value>`, beside the facts."""
    facts = seen({"leak": "none"}, filled(texts, Values(contact="窓口"), {}, "ja"))
    assert (facts["leak"], facts["has_contact"], facts["has_cause"]) == ("none", "yes", "no")


def test_texts_survive_a_journal(texts: Explanations) -> None:
    """A run can keep them, and the values, as JSON."""
    assert Explanations.model_validate_json(texts.model_dump_json()) == texts
    values = Values(found_at=datetime(2026, 11, 23, 8, 5), data_kinds=("cards", Text(ja="写真", en="photos")))  # noqa: DTZ001
    assert Values.model_validate_json(values.model_dump_json()) == values
