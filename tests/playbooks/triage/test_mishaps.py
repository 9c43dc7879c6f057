"""What went wrong for a colleague is a plain report of the right playbook, and reaches those who decide."""

from __future__ import annotations

import csv

import pytest

from bot.desks.likely import likely_among
from playbooks.triage.mishaps import mishaps
from playbooks.triage.whispers import whispers
from tests.library import shipped_catalogue
from tests.playbooks.halves import HERE
from tests.playbooks.triage.sentences import rows

ROMAJI = frozenset({"tanaka", "suzuki", "satou"})
"""First words of the three that are written in Latin letters: of Japanese in these nothing is heard but names."""


def told() -> list[tuple[str, frozenset[str]]]:
    """Give each mishap and the playbooks that are right for it."""
    with (HERE / "mishaps.tsv").open(encoding="utf-8", newline="") as file:
        found = [(row["text"], frozenset(row["playbooks"].split(","))) for row in csv.DictReader(file, delimiter="\t")]
    return [(text, playbooks) for text, playbooks in found if text.partition(" ")[0] not in ROMAJI]


@pytest.mark.parametrize(("text", "playbooks"), told())
def test_a_mishap_of_somebody_named_opens_its_playbook(text: str, playbooks: frozenset[str]) -> None:
    """However it is told, hearsay, too; it is no whisper."""
    found = likely_among(shipped_catalogue().playbooks)(text)

    assert playbooks.issuperset(found.playbooks[:1])
    assert found.near[:1] == found.playbooks[:1]
    assert not whispers().is_confided(text, ["高橋", "田中", "佐藤", "鈴木"])


@pytest.mark.parametrize(
    "text",
    [
        "タブレットをなくしたらどうしますか",
        "FAXを間違えて送らないように番号を確かめてください",
        "患者さんがスマホを忘れました",
        "なくしたタブレット止めたいんだけど紛失窓口の電話どこ",
        "前の職場でUSBなくした人がいて大騒ぎでした",
        "宛先を間違えて送るところでした",
        "委託先の人が患者データの入ったUSBをなくしたと謝りに来た",
        "Did Tanaka send the fax to the wrong clinic?",
    ],
)
def test_what_only_sounds_like_a_mishap_is_none(text: str) -> None:
    """Asked in case, warned of, a patient's, of what is known to be lost, elsewhere, nearly."""
    assert mishaps().told_in(text) == ""


def test_of_what_many_reported_hardly_any_is_taken_for_another_mishap() -> None:
    """Nor is anything of the day taken for one."""
    reports = [(mishaps().told_in(row["text"]), row) for row in rows("learnt", "reports")]
    wrong = [row["text"] for found, row in reports if found and found not in (row["playbook"], row["also"])]

    assert len(wrong) <= 2
    assert not any(mishaps().told_in(row["text"]) for row in rows("learnt", "ordinary"))
