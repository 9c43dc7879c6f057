"""What is said in passing while an incident goes on: what only sounds done, and short cries for help.

Written before anything was built on them; figures of the half that was never built with. Before, one trap in thirty-six was taken
for an act and eleven of thirty-seven pleas were kept as notes, or as what may be one; now one and two.
"""

from __future__ import annotations

import csv

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.wants.hearing import ACTS, UNCLEAR, wants_of
from playbooks.wants.names import saying_in
from tests.playbooks.halves import HERE, is_measured

KEPT = ((), ("not_done",), (UNCLEAR,))
"""What is wanted by a text that is kept for the record, whatever its writer hoped for."""


def texts(heard: str, *, measured: bool) -> list[str]:
    """Give the texts of a kind in one half."""
    with (HERE / "asides.tsv").open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["heard"]) for row in csv.DictReader(file, delimiter="\t")]
    return [text for text, kind in rows if kind == heard and is_measured(text) == measured]


def is_kept(text: str) -> bool:
    """Say whether whoever wrote a text is left with a note: it wants nothing, tells of no danger, and says no plain 「困った」."""
    return wants_of(text) in KEPT and danger_ears().hear(text) is None and saying_in(text) != "in_trouble"


@pytest.mark.parametrize("measured", [False, True])
def test_hardly_anything_that_only_sounds_done_is_an_act(measured: bool) -> None:
    """Asked, planned, denied, passed on, nearly, another time; a failure shows the figure alone."""
    traps = texts("trap", measured=measured)
    taken = sum(not ACTS.isdisjoint(wants_of(text)) for text in traps)

    assert taken <= 0.03 * len(traps)


@pytest.mark.parametrize("measured", [False, True])
def test_hardly_any_cry_for_help_is_kept_as_a_note(measured: bool) -> None:
    """However short, in dialect and in English."""
    pleas = texts("plea", measured=measured)
    kept = sum(map(is_kept, pleas))

    assert kept <= 0.06 * len(pleas)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_acts_are_still_heard(act: str) -> None:
    """Of what was really done hardly any is lost, in either half."""
    told = [*texts(act, measured=False), *texts(act, measured=True)]
    lost = sum(act not in wants_of(text) for text in told)

    assert lost <= 1


@pytest.mark.parametrize(
    "text",
    [
        "ルーターの線は抜かないよう業者さんに言われました",
        "払えと言われてカードを出すところでした",
        "前にも同じことがあって、そのときは業者に電話しました",
        "my knee is working again lol",
        "機内モード切りました",
    ],
)
def test_what_was_told_nearly_done_or_another_time_is_no_act(text: str) -> None:
    """Nor is a knee, nor flight mode that was switched off."""
    assert ACTS.isdisjoint(wants_of(text))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("もう限界です", "what_now"),
        ("なにがなんだかわからん", "what_now"),
        ("患者さんめっちゃ怒ってはります", "what_now"),
        ("😰😰", "what_now"),
        ("英語で読めません", "question"),
        ("応援たのむ", "question"),
        ("はよ返事ください", "question"),
        ("だいか来てたもんせ", "question"),
        ("nobody is here", "alone"),
        ("パンクしそう", "what_now"),
        ("待合がいっぱいです", "what_now"),
        ("電話が鳴りやまない", "what_now"),
        ("なんもわからん", "what_now"),
        ("助けがほしい", "what_now"),
        ("受付がさばききれません", "what_now"),
        ("手が回りません", "what_now"),
        ("too many patients", "what_now"),
        ("we cannot keep up", "what_now"),
        ("i am lost", "what_now"),
        ("phones won't stop ringing", "what_now"),
        ("we need help here", "what_now"),
        ("まだですか", "question"),
        ("指示待ちです", "question"),
        ("waiting for instructions", "question"),
        ("still waiting", "question"),
    ],
)
def test_a_cry_for_help_is_answered(text: str, want: str) -> None:
    """With what is the writer's to do now, or by whoever leads."""
    assert want in wants_of(text)


@pytest.mark.parametrize("text", ["いや", "大丈夫です", "患者さんはもう怒っていません", "心配ありません"])
def test_what_is_no_cry_is_none(text: str) -> None:
    """A plain no, and that it is well."""
    assert {"what_now", "question"}.isdisjoint(wants_of(text))
