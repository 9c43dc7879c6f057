"""YAML text as plain data together with the line of every key, and what is wrong with its writing.

Only the composer of ruamel.yaml is used: it yields nodes with their lines and leaves doubled keys in place, so that
every one of them can be named instead of the first only. No tag of a file ever makes an object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playbooks.composing import composed
from playbooks.problems import Problem

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

MOST_NODES = 50_000
"""Nodes a file may unfold to; more can only come from aliases of aliases."""

_CORE = "tag:yaml.org,2002:"
_KINDS = frozenset({"map", "seq", "str", "null", "bool", "int", "float", "timestamp", "merge", "value"})

Path = tuple[str | int, ...]
"""The way to a value: keys and places in lists."""


@dataclass
class Lines:
    """The line of each key of a file, and of the files that were written into it."""

    file: str
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)

    def at(self, path: Path) -> tuple[str, int]:
        """Give file and line of a value; of the nearest thing around it if it is not written anywhere."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return self.places.get((), (self.file, 1))

    def problem(self, path: Path, what: str, cure: str = "") -> Problem:
        """Make a problem of the value at ``path``."""
        file, line = self.at(path)
        return Problem(file, line, what, cure)

    def graft(self, path: Path, other: Lines) -> None:
        """Take over the lines of ``other`` below ``path``; a line that stands here already stays."""
        for below, place in other.places.items():
            if below:
                self.places.setdefault(path + below, place)


def read_yaml(text: str, file: str, *, ours: bool = False) -> tuple[Any, Lines, list[Problem]]:
    """Read YAML 1.2: plain dicts, lists, texts, whole numbers, floats, booleans and None. Never raises on bad content.

    The data is None if the text cannot be read at all; the problems say why. Dates stay text. A text that is ``ours``,
    that is, comes along with the program, is read faster (:func:`playbooks.composing.composed`).
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415  (whoever remembers what was read needs no reader)

    lines = Lines(file)
    try:
        node = composed(text, ours=ours)
    except MarkedYAMLError as error:
        return None, lines, [_misspelt(error, text, file)]
    except RecursionError:
        return (
            None,
            lines,
            [Problem(file, 1, "the file is nested too deeply to be read", "close the brackets of each line")],
        )
    except (YAMLError, ValueError) as error:
        line = _line_of_odd_sign(text)
        return (
            None,
            lines,
            [
                Problem(
                    file,
                    line,
                    "a sign stands here that no text may hold",
                    f"remove it; the reader says: {_short(error)}",
                )
            ],
        )
    if node is None:
        return None, lines, [Problem(file, 1, "the file is empty", "begin with `playbook: <name>`")]
    reading = _Walk(lines)
    data = reading.value(node, (), ())
    return data, lines, reading.problems


@dataclass
class _Walk:
    """One walk over the nodes of a file."""

    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def value(self, node: Any, path: Path, around: tuple[int, ...]) -> Any:
        """Give a node as plain data and keep the lines of everything in it."""
        self.seen += 1
        line = node.start_mark.line + 1
        self.lines.places.setdefault(path, (self.lines.file, line))
        if id(node) in around or self.seen > MOST_NODES:
            if self.seen <= MOST_NODES + 1:
                self.say(line, "an alias repeats itself without end", "write the text out instead of `*name`")
            return None
        tag = str(node.tag)
        if tag.removeprefix(_CORE) not in _KINDS:
            self.say(line, f"the tag `{tag}` means nothing here", "remove it")
        inside = (*around, id(node))
        if node.id == "mapping":
            return dict(self.pairs(node, path, inside))
        if node.id == "sequence":
            return [self.value(item, (*path, place), inside) for place, item in enumerate(node.value)]
        return _scalar(tag.removeprefix(_CORE), node.value)

    def pairs(self, node: Any, path: Path, around: tuple[int, ...]) -> Iterator[tuple[str, Any]]:
        """Give the pairs of a mapping; a key that comes again is a problem, and its first value counts."""
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if key_node.id != "scalar":
                self.say(
                    line, "a list or mapping stands where a name belongs", "put texts that begin with { or [ in quotes"
                )
                continue
            key = str(key_node.value).strip("\u3000 ")
            if str(key_node.value) != key:
                self.say(line, f"a full-width space stands beside `{key}`", "indent with half-width spaces")
            if key in first:
                self.say(
                    line, f"`{key}` is written twice; it already stands in line {first[key]}", "keep one of the two"
                )
                continue
            first[key] = line
            self.lines.places.setdefault((*path, key), (self.lines.file, line))
            yield key, self.value(value_node, (*path, key), around)

    def say(self, line: int, what: str, cure: str) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.lines.file, line, what, cure))


def _scalar(kind: str, written: str) -> Any:
    try:
        match kind:
            case "null":
                return None
            case "bool":
                return written.lower() == "true"
            case "int":
                return int(written.replace("_", ""), 0)
            case "float":
                return float(written.replace("_", ""))
    except ValueError:
        pass  # such as 0123 or a very long number: as text it is refused, or taken, where it belongs
    return written


_SAYINGS = (
    ("\\t", "a tab stands where only spaces may stand", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where none may",
        "check the indentation, and put a text that holds `: ` in quotes",
    ),
    ("could not find expected ':'", "a line without a colon", "write `name: value`, or check the indentation"),
    ("expected <block end>", "the indentation does not fit the lines above", "line it up with the neighbouring keys"),
    (
        "expected ',' or",
        "a bracket is not closed, or a comma is missing",
        "close { and [ ; put texts that hold , or : in quotes",
    ),
    ("quoted scalar", "a quotation mark is not closed", "close it"),
    ("undefined alias", "a text begins with * and so names an anchor that nobody set", "put the text in quotes"),
    ("expected a single document", "a second document begins here", "remove the line with ---"),
    ("cannot start any token", "a text begins with a sign that has a meaning in YAML", "put the text in quotes"),
)


def _misspelt(error: MarkedYAMLError, text: str, file: str) -> Problem:
    """Say in plain words what the composer stumbled over; full-width signs are what Japanese typing leaves behind."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else 1
    said = f"{error.problem or ''} {error.context or ''}"
    rows = text.splitlines()
    for near in (line, line - 1):
        row = rows[near - 1] if 0 < near <= len(rows) else ""
        if row.strip(" ").startswith("\u3000"):
            return Problem(file, near, "the line is indented with a full-width space", "indent with half-width spaces")
        if "：" in row and ":" not in row:
            return Problem(file, near, "the colon is a full-width one", "write a half-width `:` and a space")
    for sign, what, cure in _SAYINGS:
        if sign in said:
            return Problem(file, line, what, cure)
    return Problem(file, line, "the line cannot be read as YAML", f"the reader says: {_short(error.problem or error)}")


def _short(said: object) -> str:
    return " ".join(str(said).split())[:120]


def _line_of_odd_sign(text: str) -> int:
    odd = next((place for place, sign in enumerate(text) if not (sign.isprintable() or sign in "\n\r\t\u3000")), 0)
    return text.count("\n", 0, odd) + 1
