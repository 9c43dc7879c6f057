"""What is learnt carries over to sentences of writers whom it never read.

``sentences/unseen`` was written by somebody who knew none of the others and no code; nobody reads it who builds. Its writer
and those of ``learnt`` are of one kind, so that people in the street may sound stranger still.
"""

from __future__ import annotations

from typing import get_args

import pytest

from playbooks.triage.sense import Name, sense
from tests.playbooks.triage.learning import digest, learn, written
from tests.playbooks.triage.sentences import learnt_by, right, rows

SENSES: tuple[Name, ...] = get_args(Name)


@pytest.mark.parametrize("name", SENSES)
def test_a_sense_is_learnt_from_the_sentences_that_stand_here(name: Name) -> None:
    """After a change of them ``python -m tests.playbooks.triage.learning`` is due."""
    assert sense(name).learnt_from == digest(learnt_by(name))


@pytest.mark.parametrize("name", SENSES)
def test_nothing_that_measures_was_learnt(name: Name) -> None:
    """Not one text stands on both sides; a failure shows how many, never a sentence."""
    measured = ("wants", "reports", "danger", "lookalike", "ordinary")
    on_both_sides = len(
        {text for text, _ in learnt_by(name)} & {row["text"] for file in measured for row in rows("unseen", file)}
    )

    assert on_both_sides == 0


def test_the_same_sentences_give_the_same_weights() -> None:
    """However often they are learnt; what differs between meanings weighs, what is common to them does not."""
    few = [("線を抜いた", "done"), ("線を抜く?", "question"), ("紙を貼った", "done"), ("紙を貼る?", "question")] * 3
    assert written(learn(few)) == written(learn(few))

    learnt = learn(few)
    assert next(iter(learnt.likelihoods("戸を閉めた"))) == "done"
    assert next(iter(learnt.likelihoods("戸を閉める?"))) == "question"


@pytest.mark.parametrize(
    ("report", "talk"),
    [
        ("電子カルテが動かない", "電子カルテの研修は木曜です"),
        ("画面が真っ黒です", "画面の掃除お願いします"),
        ("FAXを違う薬局に送ってしまいました", "FAX用紙の補充お願いします"),
    ],
)
def test_a_report_sounds_more_like_one_than_talk_of_the_same_thing(report: str, talk: str) -> None:
    """What happens decides, not what it happens to."""
    reports = sense("reports")
    assert reports.likelihoods(talk)["none"] > reports.likelihoods(report)["none"] + 0.3


def test_likelihoods_come_to_one_and_the_likeliest_stands_first() -> None:
    """Also for a text of which nothing is known."""
    for text in ("抜きました", "", "😀", "x" * 5000):
        found = list(sense("wants").likelihoods(text).values())
        assert abs(sum(found) - 1) < 1e-9
        assert found == sorted(found, reverse=True)


def test_reports_of_the_unseen_are_understood() -> None:
    """By what is learnt alone, without any playbook's signs: the likeliest playbook is right in nine of ten."""
    told = [row for row in rows("unseen", "reports") if row["playbook"] != "none"]
    reports = sense("reports")
    first = [next(name for name in reports.likelihoods(row["text"]) if name != "none") for row in told]

    assert sum(name in right(row, "playbook") for name, row in zip(first, told, strict=True)) >= 0.9 * len(told)
