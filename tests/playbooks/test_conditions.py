"""Conditions are read, never run; what nobody knows is neither true nor false."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playbooks.conditions import LONGEST, Condition, ConditionError

FACTS = ("leak", "loss", "persons")
WORDS = ("yes", "no", "none", "suspected", "confirmed")

comparisons = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(FACTS), st.sampled_from(("==", "!=")), st.sampled_from(WORDS)),
    st.builds("persons {} {}".format, st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), st.integers(0, 9)),
    st.builds("{} {} (none, suspected)".format, st.sampled_from(FACTS), st.sampled_from(("in", "not in"))),
    st.sampled_from(FACTS),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=6,
)
values = st.sampled_from((*WORDS, "unknown", "0", "3", "9"))
facts = st.dictionaries(st.sampled_from(FACTS), values)


@pytest.mark.parametrize(
    ("text", "known", "held"),
    [
        ("leak != none", {"leak": "suspected"}, True),
        ("leak != none", {"leak": "none"}, False),
        ("leak != none", {}, None),
        ("leak != none", {"leak": "unknown"}, None),
        ("leak != none and persons > 1000", {"leak": "none"}, False),
        ("leak == none or persons > 1000", {"persons": "1001"}, True),
        ("persons > 1000", {"persons": "1000"}, False),
        ("persons == 7", {"persons": "007"}, True),
        ("persons > 1000", {"persons": "many"}, None),
        ("persons > 1000", {"persons": "9" * 5000}, None),
        ("leak in (suspected, confirmed)", {"leak": "confirmed"}, True),
        ("leak not in (suspected, confirmed)", {"leak": "none"}, True),
        ("leak in (none)", {"leak": "none"}, True),
        ("leak in (none, unknown)", {}, True),
        ("leak == unknown", {}, True),
        ("leak != unknown", {"leak": "none"}, True),
        ("malicious", {"malicious": "yes"}, True),
        ("not malicious", {"malicious": "no"}, True),
        ("not malicious", {}, None),
    ],
)
def test_what_holds(text: str, known: dict[str, str], held: bool | None) -> None:
    """A condition holds, does not, or cannot be told yet."""
    assert Condition.of(text).holds(known) is held


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the condition is empty; leave `when` out if the step is always shown"),
        ("__import__('os')", "a condition cannot call anything; compare facts, as in `leak != none`"),
        ("leak == open('x')", "a condition cannot call anything; compare facts, as in `leak != none`"),
        ("leak.__class__ == none", "a comparison begins with the name of a fact; write it as in `persons > 1000`"),
        ("__class__ == none", "`__class__` is no name of a fact; use small letters a-z, digits and single _"),
        ("Leak == none", "`Leak` is no name of a fact; use small letters a-z, digits and single _"),
        ("leak = none", "the condition cannot be read; write `==` for 'is'"),
        ("leak == none && loss", "the condition cannot be read; write `and` and `or` as words"),
        ("leak ＝＝ none", "the condition cannot be read; use half-width letters and signs only"),
        ("leak is none", "`is` compares nothing here; write `==` or `!=`"),
        ("leak == None", "`None` is no word here; write `none` in small letters"),
        ("loss == True", "`True` is no word here; write `yes`"),
        ("leak == 'none'", "a word stands in quotation marks; leave them off"),
        ("leak < none", "`<` compares whole numbers only; write `==` or `!=` before the word `none`"),
        ("1 < persons < 5", "only two things can be compared at a time; write `and` between two comparisons"),
        (
            "persons > 1,000",
            "a comma stands where none may; write numbers without one and `and` between two comparisons",
        ),
        (
            "persons > 1.5",
            "on the right stands one word in small letters or a whole number; write it as in `persons > 1000`",
        ),
        ("persons + 1", "only facts, words and whole numbers may stand in a condition; write it as in `leak != none`"),
        ("leak in ()", "the parentheses after `in` are empty; name the values, as in `leak in (suspected, confirmed)`"),
        ("not " * 20 + "leak", "the condition is nested too deeply; split it over two steps"),
        ("persons > 1and leak", "the condition cannot be read; write it as in `leak != none and persons > 1000`"),
        (
            "leak == none" + " or loss" * 100,
            f"the condition is longer than {LONGEST} characters; set a fact earlier and ask for that",
        ),
    ],
)
def test_what_is_refused(text: str, sentence: str) -> None:
    """What cannot be read, or would be code, is refused with what to write instead."""
    with pytest.raises(ConditionError) as refusal:
        Condition.of(text)
    assert str(refusal.value) == sentence


PIECES = (
    "leak",
    "==",
    "(",
    ")",
    "not",
    "in",
    "and",
    "or",
    ",",
    "1",
    ".",
    "[",
    "]",
    "lambda",
    ":",
    "x",
    "*",
    "'a'",
    "\\",
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text does anything else than be read or be refused with a cure."""
    said = ""
    try:
        Condition.of(text)
    except ConditionError as error:
        said = str(error)
    assert not said or "; " in said


def test_equal_texts_are_read_once() -> None:
    """The same wording gives the same condition, with the facts it looks at."""
    condition = Condition.of("leak != none and (persons > 1000 or malicious)")
    assert condition is Condition.of("leak != none and (persons > 1000 or malicious)")
    assert condition.facts == {"leak", "persons", "malicious"}


@given(conditions, conditions, conditions, facts)
def test_laws_of_kleene(a: str, b: str, c: str, known: dict[str, str]) -> None:
    """And, or and not obey the laws of three-valued logic, whatever is known."""
    assume(2 * len(a) + len(b) + len(c) + 40 < LONGEST)

    def held(text: str) -> bool | None:
        return Condition.of(text).holds(known)

    assert held(f"({a}) and ({b})") is held(f"({b}) and ({a})")
    assert held(f"({a}) or ({b})") is held(f"({b}) or ({a})")
    assert held(f"not (({a}) and ({b}))") is held(f"not ({a}) or not ({b})")
    assert held(f"not not ({a})") is held(a)
    assert held(f"({a}) or (({a}) and ({b}))") is held(a)
    assert held(f"({a}) and (({b}) or ({c}))") is held(f"(({a}) and ({b})) or (({a}) and ({c}))")


@given(conditions, facts)
def test_certain_stays_certain(text: str, known: dict[str, str]) -> None:
    """What is certain while facts are missing is the same however they turn out."""
    condition = Condition.of(text)
    held = condition.holds(known)
    if held is None:
        return
    missing = [fact for fact in sorted(condition.facts) if known.get(fact, "unknown") == "unknown"]
    for found in itertools.product(("none", "confirmed", "yes", "4"), repeat=len(missing)):
        assert condition.holds({**known, **dict(zip(missing, found, strict=True))}) is held
