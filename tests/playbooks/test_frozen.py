"""Values that nothing changes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, get_type_hints

import pytest

from playbooks.frozen import frozen


@frozen
class Call:
    """Somebody called somebody."""

    SIGN: ClassVar[str] = "📞"
    whom: str
    tries: int = 1
    lines: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False)


@frozen
class LongCall(Call):
    """It took a while."""

    minutes: int = 10


@frozen
class Nothing:
    """Holds nothing."""


@frozen
class Named:
    """Is called by its own name alone."""

    name: str
    age: int

    def __repr__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True)
class Plain:
    """What the standard library makes of the same fields."""

    whom: str
    tries: int = 1


def test_a_value_is_what_it_was_made_of() -> None:
    """By place or by name, with what was left out at its default; each value has a list of its own."""
    assert (Call("高橋", 2).tries, Call(whom="高橋").tries, LongCall("高橋", minutes=3).minutes) == (2, 1, 3)
    assert Call("高橋").lines is not Call("高橋").lines


@pytest.mark.parametrize(
    ("made", "held"), [((), {}), (("高橋",), {"when": 1}), (("高橋",), {"whom": "田中"}), ((1, 2, [], "", 5), {})]
)
def test_what_it_does_not_hold_is_refused(made: tuple[Any, ...], held: dict[str, Any]) -> None:
    """A field too few, one that it hasn't, one twice, or one too many: the first time and ever after."""

    @frozen
    class Fresh(Call):
        """Was never made before."""

    for _ in range(2):
        with pytest.raises(TypeError):
            Fresh(*made, **held)


def test_nothing_changes_it() -> None:
    """No field is set anew, added or removed; what should be otherwise is another value."""
    call = Call("高橋")
    with pytest.raises(FrozenInstanceError):
        call.tries = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        call.other = 2  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        del call.tries
    assert (replace(call, tries=2).tries, call.tries) == (2, 1)


def test_equal_values_are_equal_and_count_once() -> None:
    """By all fields that are compared, and never across classes."""
    call = Call("高橋", note="話せた")
    assert call == Call("高橋")
    assert call != Call("高橋", 2)
    assert call != LongCall("高橋")
    assert Nothing() == Nothing()
    assert len({Named("高橋", 50), Named("高橋", 51), Named("田中", 50), Nothing(), Nothing()}) == 3
    with pytest.raises(TypeError):
        hash(call)  # it holds a list


def test_what_a_class_says_of_itself_stays() -> None:
    """Its own way to be shown and compared; without one it is shown by its fields, as the standard library does."""
    assert str(Named("高橋", 50)) == "高橋"
    assert Named("高橋", 50) == Named("高橋", 51)
    assert repr(LongCall("高橋")) == "LongCall(whom='高橋', tries=1, lines=[], note='', minutes=10)"
    assert (repr(Plain("x")), hash(Plain("x"))) == ("Plain(whom='x', tries=1)", hash(("x", 1)))


def test_it_is_a_dataclass_to_whoever_asks() -> None:
    """Fields with their types, patterns, copies and pickles work as of any other, also of what was never made by calling its class."""
    assert [each.name for each in fields(LongCall)] == ["whom", "tries", "lines", "note", "minutes"]
    assert get_type_hints(Call)["lines"] == list[str]
    assert is_dataclass(Call("高橋"))
    match LongCall("高橋", 2):
        case LongCall(whom, tries):
            assert (whom, tries) == ("高橋", 2)
    call = Call("高橋", 2, ["a"])
    assert copy.deepcopy(call) == pickle.loads(pickle.dumps(call)) == call  # noqa: S301
    bare = object.__new__(Call)
    vars(bare).update(vars(call))
    assert bare == call
