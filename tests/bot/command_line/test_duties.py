"""``tomoshibi duties``: the law on the command line."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from bot.command_line import main

KNOWN = "2026-11-30T10:00+09:00"


def duties(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["duties", *words])


def found(*facts: str, known: str = KNOWN) -> dict[str, dict[str, Any]]:
    """Give the answer for these facts, by id."""
    result = duties("--known-at", known, *(w for f in facts for w in ("--fact", f)), "--json")
    assert result.exit_code == 0, result.output
    return {one["id"]: one for one in json.loads(result.stdout)}


def test_the_answer_names_whom_when_and_by_which_rule() -> None:
    """One object a duty, with id, to, due, law and verified; a range, a day, or null beside our own target."""
    answer = found("leak=suspected", "sensitive=yes", "malicious=yes", "persons=unknown")

    assert answer["ppc_preliminary"]["due"] == {"from": "2026-12-02", "until": "2026-12-04"}
    assert answer["ppc_final"]["due"] == "2027-01-28"
    assert answer["persons_notice"]["due"] is None
    assert answer["persons_notice"]["target"]["ours"] is True
    assert all({"id", "to", "due", "law", "verified"} <= one.keys() for one in answer.values())


def test_unknown_malice_keeps_the_shorter_deadline() -> None:
    """Nothing said of malice: 30 days, rolled over the year's end to the first open day; the assumption is listed."""
    answer = found("leak=suspected", "sensitive=yes")

    assert answer["ppc_final"]["due"] == "2027-01-04"
    assert answer["ppc_final"]["assumed"]["malicious"] == "unknown"


def test_a_time_without_its_zone_is_refused() -> None:
    """Exit 2, with a sentence that shows how to write it."""
    result = duties("--known-at", "2026-11-30T10:00", "--json")

    assert result.exit_code == 2
    assert "2026-11-30T10:00+09:00" in result.output


def test_a_mistyped_fact_is_refused_with_a_cure() -> None:
    """`leek=suspected` would make a report look not owed: exit 2 and 'did you mean'."""
    result = duties("--known-at", KNOWN, "--fact", "leek=suspected")

    assert result.exit_code == 2
    assert "did you mean `leak`" in result.output


def test_errors_come_in_both_languages_and_contradictions_are_told() -> None:
    """A day without a time, a mistyped number: in Japanese, too; what can't all be true is said beside the answer."""
    day = duties("--known-at", "2026-12-05").output
    assert "時差がありません" in day
    assert "has no zone" in day
    number = duties("--known-at", KNOWN, "--fact", "persons=千").output
    assert "1200 のように" in number
    assert "whole number" in number
    told = duties("--known-at", KNOWN, "--fact", "persons=５", "--fact", "my_number_persons=１２", "--json")
    assert told.exit_code == 0
    assert "より多くなっています" in told.stderr
    assert all(one["contradictions"] for one in json.loads(told.stdout))


def test_people_read_it_too() -> None:
    """Without --json: whom, when, the rule, and what was assumed."""
    result = duties("--known-at", KNOWN, "--fact", "leak=confirmed")

    assert "個人情報保護委員会" in result.output
    assert "takes no report away): sensitive, malicious" in result.output
    assert "(目標 / our aim: 2026-11-30)" in result.output
    assert "(要否を確かめる / to be decided)" in result.output
    assert "要確認 / to be confirmed: 規則2条3・4号" in result.output


def test_a_day_far_from_the_law_that_is_held_is_remarked() -> None:
    """2019 and 2099 are counted and told to be no more than that; today's days aren't remarked."""
    told = [
        duties("--known-at", f"{year}-11-30T10:00+09:00", "--fact", "leak=suspected") for year in (2019, 2026, 2099)
    ]
    assert [("当時の決まり" in each.stderr, "祝日も法令も" in each.stderr) for each in told] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert {each.exit_code for each in told} == {0}


def test_what_is_taken_to_be_so_is_said_first_and_what_it_leaves_out_last() -> None:
    """Without a word of a leak none is supposed: that stands before anything else, and the reports of one behind it."""
    told = duties("--known-at", KNOWN, "--fact", "nature=attack", "--fact", "care_affected=yes")
    before, _, otherwise = told.stdout.partition("仮定が違えば")

    assert told.stdout.startswith("⚠️ 言われていないので、次のとおりと仮定しています: leak=none, loss=none, damage=none")
    assert "mhlw " in before
    assert "ppc_preliminary" not in before
    assert "ppc_preliminary        個人情報保護委員会  2026-12-02 – 2026-12-04" in otherwise
    assert "mhlw " not in otherwise
    sure = duties("--known-at", KNOWN, *(w for f in ("leak=none", "loss=none", "damage=none") for w in ("--fact", f)))
    assert "ppc_preliminary" not in sure.stdout
