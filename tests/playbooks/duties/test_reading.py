"""Promises of reading a duties file."""

from pathlib import Path

import pytest

from playbooks.duties.reading import DUTIES, load_duties, read_duties
from playbooks.duties.shape import Duties
from playbooks.problems import Problem

SMALL = """\
jurisdiction: xx
version: "1"
zone: Asia/Tokyo
gazette_year: 2027
offices: {country: JP, closed_weekdays: [sat, sun], closed_days: ["12-29"]}
facts:
  leak: {says: {ja: 漏えい, en: leak}, values: [none, suspected, confirmed], assume: none}
  persons: {says: {ja: 人数, en: persons}}
items:
  overview: {ja: 概要, en: Overview}
grounds:
  many:
    - {number: "4", when: persons > 1000, says: {ja: 多い, en: many}}
duties:
  report:
    to: {ja: 役所, en: office}
    what: {ja: 報告, en: report}
    contact: authority:ppc
    basis: law
    law: {ja: 法, en: act}
    source: the act
    verified: 2026-11-22
    items: [overview]
    when: leak != none
    grounds: many
    due: {rule: within, days: 30, instead: [{when: leak == confirmed, days: 60}]}
    how: [{by: web, says: {ja: 書式, en: form}}]
    reminders: [{what: send, day: 1, says: {ja: 出す, en: send}}]
"""


def problems(text: str) -> list[str]:
    """The lines that a person is shown."""
    read = read_duties(text, "xx.yaml")
    assert isinstance(read, tuple)
    return [str(problem) for problem in read]


def test_a_good_file_is_read() -> None:
    """The small file is the model for another jurisdiction."""
    assert isinstance(read_duties(SMALL, "xx.yaml"), Duties)


def test_ten_mistakes_give_ten_lines() -> None:
    """Wrong shapes, wrong names and wrong conditions come all at once, each with its own line and a cure."""
    wrong = SMALL
    for right, mistake in (
        ("gazette_year: 2027", "gazette_year: soon"),
        ("when: persons > 1000", "when: people > 1000"),
        ("contact: authority:ppc", "contact: the ppc"),
        ("basis: law", "basis: custom"),
        ("reminders: [", "reminder: ["),
        ("verified: 2026-11-22", "verified: lately"),
        ("items: [overview]", "items: [overvue]"),
        ("when: leak != none\n", "when: leak = none\n"),
        ("grounds: many", "grounds: few"),
        ("{when: leak == confirmed, days: 60}", "{when: leak == yes, days: 60}"),
    ):
        assert wrong.count(right) == 1
        wrong = wrong.replace(right, mistake)
    assert problems(wrong) == [
        "xx.yaml:4: `gazette_year` is no whole number (write a number such as 1)",
        "xx.yaml:13: `when`: no fact is named `people` (the file defines leak, persons)",
        "xx.yaml:18: `the ppc` is no contact (write it as in `authority:ppc`)",
        "xx.yaml:19: `basis` cannot be `custom` (known: advice, contract, law, notice, unconfirmed)",
        "xx.yaml:22: `verified` is no date (write it as in 2026-11-22)",
        "xx.yaml:23: no item is named `overvue` (the file defines overview)",
        "xx.yaml:24: `when`: the condition cannot be read (write `==` for 'is')",
        "xx.yaml:25: `grounds`: no grounds are named `few` (the file defines many)",
        "xx.yaml:26: `when`: the fact `leak` is never `yes` (it is one of confirmed, none, suspected)",
        "xx.yaml:28: nobody knows the key `reminder` here (did you mean `reminders`?)",
    ]


@pytest.mark.parametrize(
    ("right", "mistake", "told"),
    [
        ("rule: within", "rule: whenever", "xx.yaml:26: `due` has no rule that is known (write `rule: promptly`"),
        ("rule: within, ", "", "xx.yaml:26: `due` has no rule that is known"),
        ("when: leak != none\n", "when: leak == unknown\n", "xx.yaml:24: `when`: a duty cannot ask for `unknown`"),
        (
            "when: leak != none\n",
            "when: leak in (none, maybe)\n",
            "xx.yaml:24: `when`: the fact `leak` is never `maybe`",
        ),
        ("when: leak != none\n", "when: leak.x\n", "xx.yaml:24: `when`: only facts, words"),
        ("zone: Asia/Tokyo", "zone: Asia/Edo", "xx.yaml:3: `zone`: there is no time zone `Asia/Edo`"),
        ("zone: Asia/Tokyo", "zone: ../../etc/passwd", "xx.yaml:3: `zone`: there is no time zone"),
        ("assume: none", "assume: nothing", "xx.yaml:7: `leak`: `assume` is none of the fact's values"),
        ("ja: 役所, ", "", "xx.yaml:16: `ja` is missing in `to`"),
        ("{what: send, day: 1,", "{what: send,", "xx.yaml:28: a reminder has either `day` or `open_days_before`"),
        ("days: 30", "days: 0", "xx.yaml:26: `days` is too small (the least is 1)"),
        ("sat, sun]", "sat, sunday]", "xx.yaml:5: `closed_weekdays, entry 2` cannot be `sunday`"),
        ("basis: law", "basis: law\n    basis: law", "xx.yaml:20: `basis` is written twice"),
        ("facts:", "facts: [", "xx.yaml:"),
    ],
)
def test_a_mistake_is_named_where_it_stands(right: str, mistake: str, told: str) -> None:
    """File, line, what is wrong and how to mend it."""
    assert problems(SMALL.replace(right, mistake, 1))[0].startswith(told)


@pytest.mark.parametrize(
    "text", ["", "  \n", "[]", "just words", "duties: 3", "facts: [1, 2]", "a: &a [*a]", "\x00", "{" * 3000]
)
def test_no_text_makes_the_reader_raise(text: str) -> None:
    """Whatever stands in the file, the answer is a list of problems."""
    assert problems(text)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """With the jurisdictions that are; unreadable bytes are one as well."""
    assert load_duties("jq", DUTIES) == (
        Problem("jq.yaml", 1, "there are no duties for `jq`", "write it after the model of jp.yaml"),
    )
    (tmp_path / "xx.yaml").write_bytes(b"\xff\xfe\x00")
    assert load_duties("xx", tmp_path) == (
        Problem("xx.yaml", 1, "the file cannot be read", "save it as UTF-8 and make it readable"),
    )
    (tmp_path / "xx.yaml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert isinstance(load_duties("xx", tmp_path), Duties)
