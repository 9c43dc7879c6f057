"""Events into the journal and back."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.calling import Acknowledged
from flows.events.event import KINDS, Event
from flows.events.telling import NoteTaken
from flows.record import codec

NAMES = st.text(st.characters(codec="utf-8"), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)


def of_type(wanted: Any) -> st.SearchStrategy[Any]:
    """Draw any value that a field of this type may hold; an unknown type fails here, so that its form gets thought about."""
    if get_origin(wanted) is UnionType:
        return st.one_of([of_type(one) for one in get_args(wanted)])
    if get_origin(wanted) is tuple:
        return st.lists(of_type(get_args(wanted)[0]), max_size=4).map(tuple)
    if get_origin(wanted) is dict:
        return st.dictionaries(NAMES, JSON if get_args(wanted)[1] is Any else of_type(get_args(wanted)[1]), max_size=3)
    plain = {str: NAMES, int: st.integers(0, 2**53), bool: st.booleans(), NoneType: st.none()}
    return plain[wanted]


def any_event(cls: type[Event]) -> st.SearchStrategy[Event]:
    """Draw any event of a class."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{f.name: of_type(hints[f.name]) for f in fields(cls)})


@given(st.sampled_from(sorted(KINDS.values(), key=lambda cls: cls.__name__)).flatmap(any_event))
def test_every_event_reads_back(event: Event) -> None:
    """Writing and reading gives the same event, whatever people typed."""
    assert codec.decode(*codec.encode(event)) == event


@pytest.mark.parametrize("cls", KINDS.values(), ids=KINDS)
def test_each_class_has_been_through(cls: type[Event]) -> None:
    """Each class by itself: its least form, defaults left to themselves, reads back from what was asked for alone."""
    hints = get_type_hints(cls)
    needed = {
        f.name: of_type(hints[f.name]) for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING
    }

    @given(st.builds(cls, **needed))
    def least(event: Event) -> None:
        kind, body = codec.encode(event)
        said = {name: value for name, value in json.loads(body).items() if name in needed}
        assert codec.decode(kind, json.dumps(said)) == event

    least()


def test_an_unknown_kind_says_nothing_of_the_state() -> None:
    """Seals and whatever a later version writes are passed over, not refused."""
    assert codec.decode("sealed", '{"seq":1}') is None


def test_a_field_of_a_later_version_is_passed_over() -> None:
    """An old version reads a newer journal as far as it understands it."""
    assert codec.decode("acknowledged", '{"member":"m1","mood":"calm"}') == Acknowledged("m1")


def test_a_body_is_short_and_readable() -> None:
    """Japanese stays Japanese in the file, and no space is wasted."""
    assert codec.encode(NoteTaken("電話した")) == (
        "note_taken",
        '{"text":"電話した","timed":false,"by":"","answered":false}',
    )
