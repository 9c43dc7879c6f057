"""The table of what answers the guidance: whole, true to the library, and fresh in docs/coverage.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from playbooks.catalogue import Catalogue
from playbooks.pages.coverage import (
    COVERAGE,
    STATES,
    Coverage,
    CoveragePlace,
    counts,
    coverage_page,
    places,
    read_coverage,
)
from playbooks.pages.documents import pages, shipped

ROOT = Path(__file__).parent.resolve().parents[2]

CORE = (
    *(2, 3, 4, 5, 6, 7, 9, 11, 13, 14, 17, 19, 20, 22, 23, 24, 25, 26, 27, 28, 31, 32, 34, 38, 39, 40, 41, 42, 43, 46),
    *(
        47,
        48,
        57,
        60,
        62,
        63,
        64,
        65,
        69,
        70,
        73,
        74,
        75,
        76,
        77,
        78,
        79,
        80,
        81,
        82,
        83,
        84,
        85,
        86,
        87,
        92,
        93,
        97,
        98,
    ),
)
"""The core clauses of the guidance for small institutions, by their number in the reading of it."""

CHECKLIST = (
    *("1-1", "1-2", "2", "3-1", "3-2・3-3", "3-4", "3-5", "3-6", "4", "4-1", "4-2", "4-3"),
    *("5-1", "5-2", "5-3", "5-4", "5-5", "5-6"),
)
"""The items of the ministry's BCP check table that are known; which of 3-2 and 3-3 is which isn't."""

LIBRARY = (
    *("bot_restore", "contact_drill", "disaster", "ehr_outage", "eligibility_outage", "equipment_check"),
    *("insider", "lost_device"),
    *(
        "mis_sent",
        "needle_stick",
        "network_outage",
        "newcomer",
        "one_device",
        "paper_drill",
        "ransomware",
        "restore_test",
        "support_scam",
    ),
    *("unauthorised_access", "unknown", "vendor_breach", "website_tampering", "yearly_review"),
)


@cache
def library() -> tuple[Catalogue, Coverage]:
    """Read what comes along, once for all tests; fails with its problems if there are any."""
    return shipped()


@cache
def table() -> tuple[Coverage, Mapping[str, CoveragePlace]]:
    """Give the table that comes along, and the steps there are."""
    catalogue, coverage = library()
    return coverage, places(catalogue.playbooks)


@cache
def page() -> str:
    """Give docs/coverage.md as it would be made now."""
    return pages(*library())["coverage.md"]


# The table that comes along


def test_every_core_clause_stands_there_once() -> None:
    """The 59 core clauses, in the order of the text; a number written twice would be refused by the reader."""
    assert len(CORE) == 59
    assert list(table()[0].clauses) == [str(number) for number in CORE]


def test_every_item_of_the_check_table_stands_there_once() -> None:
    """From 平時 to 事後対応."""
    assert tuple(table()[0].checklist) == CHECKLIST


def test_every_named_step_is_in_the_library() -> None:
    """The library is read whole, and each step that a row names is in one of them."""
    coverage, known = table()
    assert tuple(library()[0].playbooks) == LIBRARY
    assert [(number, step) for _, number, row in coverage.rows() for step in row.steps if step not in known] == []


def test_every_proof_is_there() -> None:
    """Each named module exists, and each named test is a function in its file."""
    proofs = {proof for feature in table()[0].features.values() for proof in feature.proof}
    assert sorted(proof for proof in proofs if not is_there(proof)) == []


def is_there(proof: str) -> bool:
    """Look a proof up in the project."""
    file, _, test = proof.partition("::")
    path = ROOT / file
    return path.is_file() and (not test or test in functions(path))


@cache
def functions(path: Path) -> frozenset[str]:
    """Name the functions of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("proof", ["flows/never.py", "tests/playbooks/pages/test_coverage.py::test_never"])
def test_a_proof_that_is_gone_is_seen(proof: str) -> None:
    """A module that was moved or a test that was renamed doesn't go unnoticed."""
    assert is_there("tests/playbooks/pages/test_coverage.py::test_every_proof_is_there")
    assert not is_there(proof)


def test_open_rows_say_what_is_missing() -> None:
    """What nothing answers is open and says what it takes; what is answered claims nothing missing."""
    rows = [row for _, _, row in table()[0].rows()]
    assert all(row.missing for row in rows if not row.steps and not row.features)
    assert all((row.state == "answered") == (row.missing is None) for row in rows)


def test_the_counts_stand_at_the_top() -> None:
    """Before anything else the page says how many rows are answered, in part and open, and they add up."""
    coverage, _ = table()
    top = page().split("## ")[0]
    found = [
        [int(cell) for cell in re.findall(r"\| (\d+)(?= \|)", line)]
        for line in top.splitlines()
        if "第6.0版" in line or "確認表" in line
    ]
    assert found == [[len(rows), *counts(rows).values()] for rows in (coverage.clauses, coverage.checklist)]
    assert [numbers[0] for numbers in found] == [59, 18]
    assert all(sum(numbers[1:]) == numbers[0] for numbers in found)


def test_the_page_is_fresh() -> None:
    """docs/coverage.md is what would be made now."""
    assert (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8") == page(), "stale: run `make docs`"


def test_every_link_of_the_page_leads_somewhere() -> None:
    """From docs/coverage.md to playbooks' pages, modules and tests."""
    links = set(re.findall(r"\]\(([^)]+)\)", page()))
    assert links
    assert sorted(link for link in links if not (ROOT / "docs" / link).resolve().is_file()) == []


# Reading and writing such a table

KNOWN = {
    "flood/dry/lift": CoveragePlace("機械を持ち上げてください。", ("flood",)),
    "paper/count": CoveragePlace("枚数を数えてください。", ("flood", "blackout")),
}

GOOD = """\
features:
  log:
    does: The log only grows.
    proof: ["tests/bot/store/sqlite/test_schema.py::test_it", flows/record/chain.py]
clauses:
  7:
    section: "2"
    phrase: 法令を遵守
    says: Laws are kept.
    steps: [flood/dry/lift, paper/count]
  9:
    section: "2.1"
    phrase: 代理
    says: Somebody can act.
    features: [log]
    missing: A deputy.
checklist:
  1-1:
    section: 平時
    phrase: 機器の把握
    says: Machines are known.
    missing: A list of machines.
"""


def read(text: str) -> Coverage | tuple[str, ...]:
    """Read a table over the steps of two playbooks; problems as a person reads them."""
    found = read_coverage(text, "coverage.yaml", KNOWN)
    return found if isinstance(found, Coverage) else tuple(map(str, found))


def test_states() -> None:
    """Answered, in part and open follow from what a row names and what it lacks."""
    coverage = read(GOOD)
    assert isinstance(coverage, Coverage)
    assert [row.state for _, _, row in coverage.rows()] == list(STATES)


def test_a_page() -> None:
    """A row shows what is asked, the step's own words with a link or how many share it, the proof, and what is missing."""
    coverage = read(GOOD)
    assert isinstance(coverage, Coverage)
    written = coverage_page(coverage, KNOWN)
    assert (
        "| 9 (§2.1) | 代理 | in part | A deputy. |\n| 1-1 平時 | 機器の把握 | open | A list of machines. |\n" in written
    )
    assert written.endswith(
        """\
### 7 (§2) 「法令を遵守」: answered

Laws are kept.

- [flood/dry/lift](playbooks/flood.md) 「機械を持ち上げてください。」
- paper/count (2 playbooks) 「枚数を数えてください。」

### 9 (§2.1) 「代理」: in part

Somebody can act.

- The log only grows. ([test_it](../tests/bot/store/sqlite/test_schema.py), [flows/record/chain.py](../flows/record/chain.py))
- **Missing:** A deputy.

## BCP check table

サイバー攻撃を想定した事業継続計画（BCP）策定の確認表

### 1-1 平時 「機器の把握」: open

Machines are known.

- **Missing:** A list of machines.
"""
    )


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "paper/count",
            "paper/cuont",
            "coverage.yaml:10: there is no step `paper/cuont` for 7 (did you mean `paper/count`?)",
        ),
        ("paper/count", "flood/dry/lift", "coverage.yaml:10: `flood/dry/lift` stands twice for 7 (take one out)"),
        ("[log]", "[log, logs]", "coverage.yaml:15: there is no feature `logs` for 9 (did you mean `log`?)"),
        ("    features: [log]\n", "", "coverage.yaml:2: no row names the feature `log` (name it, or take it out)"),
        ("  9:", "  7:", "coverage.yaml:11: `7` is written twice; it already stands in line 6 (keep one of the two)"),
        (
            "    missing: A list of machines.\n",
            "",
            "coverage.yaml:18: nothing answers it and nothing is said to be missing (add `steps:`, `features:` or `missing:`)",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(right: str, wrong: str, said: str) -> None:
    """File, line, what is wrong and how to mend it."""
    assert right in GOOD
    problems = read(GOOD.replace(right, wrong, 1))
    assert isinstance(problems, tuple)
    assert said in problems


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("flows/record/chain.py", "somewhere/else.py"),
        ("flows/record/chain.py", "flows/../chain.py"),
        ("A deputy.", '"A | deputy."'),
        ("A deputy.", '"A <deputy>."'),
    ],
)
def test_what_would_break_the_page_is_refused(right: str, wrong: str) -> None:
    """A proof outside the project, or a sign that a Markdown table or a browser would take as its own."""
    problems = read(GOOD.replace(right, wrong, 1))
    assert isinstance(problems, tuple)
    assert len(problems) == 1


@pytest.mark.parametrize("text", ["", "features: [", "- 1", "features: {}\nclauses: []\nchecklist: {}\n", "\x00"])
def test_no_text_makes_the_reader_raise(text: str) -> None:
    """Whatever stands in the file, the answer is a list of problems."""
    assert isinstance(read(text), tuple)


def test_the_table_lies_beside_its_reader() -> None:
    """It is shipped with the package."""
    assert COVERAGE.is_file()
