"""Reports are told from talk by what was learnt, too."""

from __future__ import annotations

import pytest

from playbooks.triage.sense import WEIGHTS, report_sense
from tests.playbooks.triage.learning import learnt


def test_the_weights_are_what_is_learnt_from_the_sentences() -> None:
    """The file stands as the sentences to build with make it; ``python -m tests.playbooks.triage.learning`` writes it."""
    assert WEIGHTS.read_text(encoding="utf-8") == learnt()


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
    assert report_sense().likelihood(report) > report_sense().likelihood(talk) + 0.3
