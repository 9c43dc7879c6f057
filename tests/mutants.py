"""``python -m tests.mutants [--count N] [--seed S] [--of PATH …]``: break the program in one small place, and see whether a test notices.

Of our own, since neither kept library fits: mutmut leaves out what is decorated, and here most of what decides is
(``@decides``, ``@evolves``, ``@tells``); cosmic-ray changes the files themselves, chooses no tests, and starts a pytest a
mutant. Here all tests are collected once and run once, while it is noted which functions each calls. Then for each mutant
the process forks: the child takes over the function's changed code in memory, forgets what the old one cached, runs the
tests that call it, those of its room first and then the quickest, and ends at the first that fails.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from itertools import accumulate
from pathlib import Path
from random import Random
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parent.parent
OF = ("flows", "bot/store")
"""What is changed."""

TESTS = (
    *("tests/flows", "tests/twins", "tests/bot/store", "tests/bot/hearing", "tests/bot/screens"),
    *("tests/test_dialogues.py", "tests/test_powers.py", "tests/test_bounds.py"),
)
"""What has to notice: those that call it themselves, and those that hold what people read of it."""

SPENT = 20.0
"""Seconds of tests that are spent on a mutant, its own and then the quickest: what none of them notices has survived."""

LONGER = 4
"""So many times as long as they took, in time of the processor, the tests of a mutant may take: one that makes them hang is noticed."""

Place = tuple[str, str, int]
"""A function: its file, its qualified name, its first line."""

_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One change in one function; ``number`` is which of those that the function allows."""

    place: Place
    number: int
    line: int
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.place[0]}:{self.line} {self.place[1]}: {self.was}  →  {self.now}"


@dataclass(frozen=True)
class _Part:
    """Where something is changed: a field of a node."""

    node: ast.AST
    name: str
    index: int | None

    def __str__(self) -> str:
        here = getattr(self.node, self.name)
        one = here if self.index is None else here[self.index]
        shown = one if isinstance(one, ast.stmt) else self.node
        return ast.unparse(ast.fix_missing_locations(shown)).split("\n")[0][:100]


def changes(node: ast.AST) -> Iterator[tuple[_Part, Callable[[], object]]]:
    """Give every small change of a function's body, as (the smallest part that can be read, the change in place)."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "defaults", "kw_defaults"):
            continue  # they are no part of the code that is put in
        for index, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            for new in _instead(one):
                yield _Part(node, name, index), lambda n=name, i=index, v=new: _put(node, n, i, v)  # type: ignore[misc]
            if isinstance(one, ast.AST):
                yield from changes(one)


def _put(node: ast.AST, name: str, index: int | None, new: ast.AST) -> None:
    if index is None:
        setattr(node, name, new)
    else:
        getattr(node, name)[index] = new


def _instead(node: object) -> Iterator[ast.AST]:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Name(id=name) if name in _NAMES:
            yield ast.Name(_NAMES[name], ast.Load())
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Return(value=ast.AST() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.AST() if type(node) in _SWAPS:
            yield _SWAPS[type(node)]()


def functions(tree: ast.AST, qualified: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Give the functions and methods of a module, by qualified name; those inside others belong to them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield qualified + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{qualified}{node.name}.")


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Give all mutants of a file."""
    file = path.relative_to(ROOT).as_posix()
    for name, node in functions(ast.parse(path.read_text(encoding="utf-8"))):
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        for number in range(sum(1 for _ in changes(node))):
            copy = deepcopy(node)
            changed, change = list(changes(copy))[number]
            was = str(changed)
            change()
            yield Mutant((file, name, first), number, getattr(changed.node, "lineno", node.lineno), was, str(changed))


def code_of(mutant: Mutant) -> CodeType:
    """Compile the changed function as it stands in its module."""
    path = ROOT / mutant.place[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node = next(n for name, n in functions(tree) if name == mutant.place[1] and _first(n) == mutant.place[2])
    list(changes(node))[mutant.number][1]()
    whole = compile(ast.fix_missing_locations(tree), str(path), "exec")
    return next(c for c in _codes(whole) if (c.co_qualname, c.co_firstlineno) == mutant.place[1:])


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


@dataclass
class Mutating:
    """A plugin of pytest: in the place of one run of the tests it does all of it. ``came`` counts what became of mutants."""

    count: int
    seed: int
    of: tuple[str, ...]
    minutes: float
    came: Counter[str] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)
    functions: dict[Place, list[FunctionType]] = field(default_factory=lambda: defaultdict(list))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once, then for each mutant those that call what is changed."""
        calls, took, failed = self._watched(session.items)
        gc.unfreeze()  # else what stays until the end would not be among the objects
        for function in (thing for thing in gc.get_objects() if isinstance(thing, FunctionType)):
            code = function.__code__
            if code.co_filename.startswith(str(ROOT)):
                file = Path(code.co_filename).relative_to(ROOT).as_posix()
                self.functions[file, code.co_qualname, code.co_firstlineno].append(function)
        tell(f"{len(took)} tests in {sum(took.values()):.0f} s, {len(failed)} fail as things are and are left out")
        files = [
            p for one in self.of for p in sorted((ROOT / one).rglob("*.py") if (ROOT / one).is_dir() else [ROOT / one])
        ]
        known = [mutant for path in files for mutant in mutants_of(path)]
        reached = [mutant for mutant in known if calls.get(mutant.place) and mutant.place in self.functions]
        tell(f"{len(known)} mutants, {len(reached)} of them in functions that a test calls")
        chosen = Random(self.seed).sample(reached, min(self.count, len(reached)))
        until = time.monotonic() + self.minutes * 60
        for mutant in chosen:
            if time.monotonic() > until:
                break
            items = self._spent_on(mutant, calls[mutant.place] - failed, took)
            became = self._tried(mutant, items, LONGER * (1 + sum(took[item] for item in items)))
            self.came[became] += 1
            if became == "survived":
                self.survivors.append(mutant)
                tell(f"survived ({len(items)} tests): {mutant}")
        return True

    def _watched(self, items: list[pytest.Item]) -> tuple[dict[Place, set[Any]], dict[Any, float], set[Any]]:
        calls, took, failed = defaultdict[Place, set[Any]](set), dict[Any, float](), set[Any]()
        ours = tuple(str(ROOT / one) for one in self.of)
        known: dict[CodeType, Place | None] = {}
        for item in items:
            seen = set[CodeType]()

            def look(frame: FrameType, what: str, _: object, seen: set[CodeType] = seen) -> None:
                if what == "call":
                    seen.add(frame.f_code)

            begins = time.process_time()
            sys.setprofile(look)
            try:
                reports = runtestprotocol(item, nextitem=None, log=False)
            finally:
                sys.setprofile(None)
            took[item] = time.process_time() - begins
            if any(report.failed for report in reports):
                failed.add(item)
            for code in seen:
                if code not in known:
                    file = code.co_filename
                    name = code.co_qualname.split(".<locals>")[0]
                    inside = file.startswith(ours)
                    known[code] = (
                        (Path(file).relative_to(ROOT).as_posix(), name, code.co_firstlineno) if inside else None
                    )
                if (place := known[code]) is not None:
                    calls[place].add(item)
        return calls, took, failed

    @staticmethod
    def _spent_on(mutant: Mutant, items: set[Any], took: dict[Any, float]) -> list[Any]:
        """Give of these tests those of the same room, then the quickest, as many as there is time for, and one at least."""
        room = (ROOT / "tests" / mutant.place[0]).parent
        order = sorted(items, key=lambda item: (item.path.parent != room, took[item]))
        whole = accumulate(took[item] for item in order)
        return [item for item, so_far in zip(order, whole, strict=True) if so_far <= SPENT] or order[:1]

    def _tried(self, mutant: Mutant, items: list[Any], lasts: float) -> str:
        child = os.fork()
        if child == 0:
            os._exit(self._child(mutant, items, lasts))
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "hung" if os.WTERMSIG(status) in (signal.SIGPROF, signal.SIGALRM) else "killed"
        return ("survived", "killed", "not tried")[min(os.WEXITSTATUS(status), 2)]

    def _child(self, mutant: Mutant, items: list[Any], lasts: float) -> int:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.setitimer(signal.ITIMER_PROF, lasts)
        signal.alarm(60 + round(20 * lasts))  # one that waits for ever takes no time of the processor
        try:
            code = code_of(mutant)
            for function in self.functions[mutant.place]:
                function.__code__ = code
            for cached in (thing for thing in gc.get_objects() if isinstance(thing, _lru_cache_wrapper)):
                cached.cache_clear()
        except Exception:  # noqa: BLE001  (what can't be changed so is said to be so)
            return 2
        for item in items:
            if any(report.failed for report in runtestprotocol(item, nextitem=None, log=False)):
                return 1
        return 0


def tell(line: str) -> None:
    """Say something, past what pytest captures."""
    os.write(3, f"{line}\n".encode())


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=120, help="at most")
    parser.add_argument("--of", nargs="*", default=list(OF), help="folders or files to change")
    parser.add_argument("--tests", nargs="*", default=list(TESTS), help="tests that have to notice")
    asked = parser.parse_args()
    os.dup2(1, 3)
    mutating = Mutating(asked.count, asked.seed, tuple(asked.of), asked.minutes)
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *asked.tests], plugins=[mutating])
    noticed = mutating.came["killed"] + mutating.came["hung"]
    tell(f"{noticed} of {noticed + mutating.came['survived']} noticed; {dict(mutating.came)}")
    return bool(mutating.survivors)


if __name__ == "__main__":
    raise SystemExit(main())
