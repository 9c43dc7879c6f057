"""Conditions over facts, such as ``leak != none and persons > 1000``: read once, never evaluated as code.

Three values, after Kleene: what nobody knows yet is neither true nor false, and stays so unless the rest of the
condition settles the matter. A step is therefore passed over only when its condition is *certainly* false.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import lru_cache

from playbooks.frozen import frozen

LONGEST = 500
"""Characters a condition may have."""

DEEPEST = 12
"""How deep ``and``, ``or`` and ``not`` may be nested."""

UNKNOWN = "unknown"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WORD = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_COMPARED = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}


class ConditionError(ValueError):
    """A condition that cannot be read; the sentence says what is wrong and, after a semicolon, the cure."""


@frozen
class _Compared:
    """A fact beside a word, a number or several; ``op`` is one of ``== < <= > >=`` (the others are built on ``==``)."""

    fact: str
    op: str
    value: str

    def holds(self, facts: Mapping[str, str]) -> bool | None:
        known = facts.get(self.fact, UNKNOWN)
        if self.op == "==" and self.value == UNKNOWN:
            return known == UNKNOWN
        if known == UNKNOWN:
            return None
        if not self.value.isdecimal():
            return known == self.value
        if not (known.isascii() and known.isdecimal() and len(known) <= 18):
            return None  # a word where a number belongs tells nothing about the number
        have, wanted = int(known), int(self.value)
        return {
            "==": have == wanted,
            "<": have < wanted,
            "<=": have <= wanted,
            ">": have > wanted,
            ">=": have >= wanted,
        }[self.op]


@frozen
class _Not:
    """The opposite; what is not known stays so."""

    of: _Tree

    def holds(self, facts: Mapping[str, str]) -> bool | None:
        held = self.of.holds(facts)
        return None if held is None else not held


@frozen
class _Joined:
    """All (``and``) or any (``or``) of several: one false settles an ``and``, one true an ``or``."""

    settled_by: bool
    parts: tuple[_Tree, ...]

    def holds(self, facts: Mapping[str, str]) -> bool | None:
        held = [part.holds(facts) for part in self.parts]
        if self.settled_by in held:
            return self.settled_by
        return None if None in held else not self.settled_by


_Tree = _Compared | _Not | _Joined


@frozen
class Condition:
    """A condition that has been read. Equal texts give the same object."""

    text: str
    facts: frozenset[str]
    """The names of the facts it looks at."""
    _tree: _Tree

    @staticmethod
    def of(text: str) -> Condition:
        """Read a condition, at most once for each wording; ConditionError tells what to write instead."""
        return _read(text)

    def holds(self, facts: Mapping[str, str]) -> bool | None:
        """Say whether it holds; None while that cannot be said. An absent fact counts as ``unknown``."""
        return self._tree.holds(facts)


@lru_cache(maxsize=1024)
def _read(text: str) -> Condition:
    written = " ".join(text.split())
    if not written:
        raise ConditionError("the condition is empty; leave `when` out if the step is always shown")
    if len(written) > LONGEST:
        raise ConditionError(f"the condition is longer than {LONGEST} characters; set a fact earlier and ask for that")
    # Both would make Python's own reader warn about the text instead of refusing it.
    if "\\" in written or re.search(r"(?<![A-Za-z0-9_])\d+[A-Za-z_]", written):
        raise ConditionError("the condition cannot be read; write it as in `leak != none and persons > 1000`")
    try:
        tree = ast.parse(written, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError(f"the condition cannot be read; {_cure(written)}") from None
    found: set[str] = set()
    built = _built(tree, found, 0)
    return Condition(text, frozenset(found), built)


def _cure(written: str) -> str:
    if not written.isascii():
        return "use half-width letters and signs only"
    if re.search(r"(?<![=!<>])=(?!=)", written):
        return "write `==` for 'is'"
    if "&" in written or "|" in written:
        return "write `and` and `or` as words"
    return "write it as in `leak != none and persons > 1000`"


def _built(node: ast.expr, found: set[str], depth: int) -> _Tree:
    if depth > DEEPEST:
        raise ConditionError("the condition is nested too deeply; split it over two steps")
    match node:
        case ast.BoolOp(op=op, values=values):
            return _Joined(isinstance(op, ast.Or), tuple(_built(value, found, depth + 1) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _Not(_built(operand, found, depth + 1))
        case ast.Name():
            return _Compared(_fact(node, found), "==", "yes")
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(_fact(left, found), _COMPARED.get(type(op)), right)
        case ast.Compare():
            raise ConditionError("only two things can be compared at a time; write `and` between two comparisons")
        case ast.Call():
            raise ConditionError("a condition cannot call anything; compare facts, as in `leak != none`")
        case ast.Tuple():
            raise ConditionError(
                "a comma stands where none may; write numbers without one and `and` between two comparisons"
            )
        case _:
            raise ConditionError(
                "only facts, words and whole numbers may stand in a condition; write it as in `leak != none`"
            )


def _fact(node: ast.expr, found: set[str]) -> str:
    if isinstance(node, ast.Call):
        raise ConditionError("a condition cannot call anything; compare facts, as in `leak != none`")
    if not isinstance(node, ast.Name):
        raise ConditionError("a comparison begins with the name of a fact; write it as in `persons > 1000`")
    if not _NAME.fullmatch(node.id) or "__" in node.id:
        raise ConditionError(f"`{node.id}` is no name of a fact; use small letters a-z, digits and single _")
    found.add(node.id)
    return node.id


def _compared(fact: str, op: str | None, right: ast.expr) -> _Tree:
    if op is None:
        raise ConditionError("`is` compares nothing here; write `==` or `!=`")
    if op in ("in", "not in"):
        values = right.elts if isinstance(right, ast.Tuple) else [right]
        if not values:
            raise ConditionError(
                "the parentheses after `in` are empty; name the values, as in `leak in (suspected, confirmed)`"
            )
        any_of = _Joined(True, tuple(_Compared(fact, "==", _value(value)) for value in values))
        return any_of if op == "in" else _Not(any_of)
    value = _value(right)
    if op in ("==", "!="):
        same = _Compared(fact, "==", value)
        return same if op == "==" else _Not(same)
    if not value.isdecimal():
        raise ConditionError(f"`{op}` compares whole numbers only; write `==` or `!=` before the word `{value}`")
    return _Compared(fact, op, value)


def _value(node: ast.expr) -> str:
    match node:
        case ast.Name(id=word) if _WORD.fullmatch(word) and "__" not in word:
            return word
        case ast.Constant(value=bool() as said):
            raise ConditionError(f"`{said}` is no word here; write `{'yes' if said else 'no'}`")
        case ast.Constant(value=int() as number):
            return str(number)
        case ast.Constant(value=None):
            raise ConditionError("`None` is no word here; write `none` in small letters")
        case ast.Constant(value=str()):
            raise ConditionError("a word stands in quotation marks; leave them off")
        case ast.Call():
            raise ConditionError("a condition cannot call anything; compare facts, as in `leak != none`")
        case _:
            raise ConditionError(
                "on the right stands one word in small letters or a whole number; write it as in `persons > 1000`"
            )
