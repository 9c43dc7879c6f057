"""YAML as plain data with the line of everything in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.authoring.lines import Lines, read_yaml


def test_yes_stays_text_and_every_value_knows_its_line() -> None:
    """YAML 1.2 is read: yes and on are words, dates are text, and each key has its line."""
    text = "answers:\n  yes: on\n  no: 2026-01-01\nlist:\n  - 1\n  - {a: null, b: true}\n"
    data, lines, problems = read_yaml(text, "f.yaml")
    assert problems == []
    assert data == {"answers": {"yes": "on", "no": "2026-01-01"}, "list": [1, {"a": None, "b": True}]}
    assert lines.at(("answers", "no")) == ("f.yaml", 3)
    assert lines.at(("list", 1, "b")) == ("f.yaml", 6)


def test_nearest_line_of_what_is_not_written() -> None:
    """What is not written anywhere is at the line of the thing around it."""
    _, lines, _ = read_yaml("a:\n  b:\n    c: 1\n", "f.yaml")
    assert lines.at(("a", "b", "missing", "deeper")) == ("f.yaml", 2)
    assert Lines("g.yaml").at(("anything",)) == ("g.yaml", 1)


def test_every_doubled_key_is_named() -> None:
    """Each key that comes again is a problem of its own; the first value counts."""
    data, _, problems = read_yaml("a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\nb: 4\n", "f.yaml")
    assert data == {"a": 1, "b": 2, "c": {"x": 1}}
    assert [str(problem) for problem in problems] == [
        "f.yaml:3: `a` is written twice; it already stands in line 1 (keep one of the two)",
        "f.yaml:4: `x` is written twice; it already stands in line 4 (keep one of the two)",
        "f.yaml:5: `b` is written twice; it already stands in line 2 (keep one of the two)",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "f.yaml:1: the file is empty (begin with `playbook: <name>`)"),
        ("a: 1\n\tb: 2\n", "f.yaml:2: a tab stands where only spaces may stand (indent with spaces)"),
        ("a: 1\nb：2\nc: 3\n", "f.yaml:2: the colon is a full-width one (write a half-width `:` and a space)"),
        (
            "a:\n  b: 1\n\u3000 c: 2\nd: 3\n",
            "f.yaml:3: a full-width space stands beside `c` (indent with half-width spaces)",
        ),
        (
            "a:\n  b: 1\n c: 2\n",
            "f.yaml:3: the indentation does not fit the lines above (line it up with the neighbouring keys)",
        ),
        (
            "a: b: c\n",
            "f.yaml:1: a colon stands where none may (check the indentation, and put a text that holds `: ` in quotes)",
        ),
        (
            "a: {b: 1\nc: 2\n",
            "f.yaml:2: a bracket is not closed, or a comma is missing (close { and [ ; put texts that hold , or : in quotes)",
        ),
        ("a: 'x\n", "f.yaml:2: a quotation mark is not closed (close it)"),
        ("a: *b\n", "f.yaml:1: a text begins with * and so names an anchor that nobody set (put the text in quotes)"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document begins here (remove the line with ---)"),
        (
            "a: !!python/object x\n",
            "f.yaml:1: the tag `tag:yaml.org,2002:python/object` means nothing here (remove it)",
        ),
        ("a: !b x\n", "f.yaml:1: the tag `!b` means nothing here (remove it)"),
        ("a: &x [*x]\n", "f.yaml:1: an alias repeats itself without end (write the text out instead of `*name`)"),
        (
            "? [a]\n: 1\n",
            "f.yaml:1: a list or mapping stands where a name belongs (put texts that begin with { or [ in quotes)",
        ),
        ("[" * 1500, "f.yaml:1: the file is nested too deeply to be read (close the brackets of each line)"),
    ],
)
def test_bad_writing_in_plain_words(text: str, said: str) -> None:
    """What cannot be read is said in words that somebody without IT words understands."""
    assert said in [str(problem) for problem in read_yaml(text, "f.yaml")[2]]


def test_aliases_of_aliases_do_not_explode() -> None:
    """A small file that unfolds to millions of values is refused, not unfolded."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    _, _, problems = read_yaml("\n".join(rows), "f.yaml")
    assert [problem.what for problem in problems] == ["an alias repeats itself without end"]


@given(st.text(max_size=80) | st.text("ab:- {}[]#&*!|>'\"%@`,?\n\t　：", max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    """Whatever stands in a file, there is data or a problem."""
    data, _, problems = read_yaml(text, "f.yaml")
    assert problems or data is not None or text.strip()
