"""Fields in words: known, under investigation or by hand."""

from __future__ import annotations

from bot.documents.facts.knowledge import KnownValue
from bot.documents.facts.pen import Pen
from flows.state.run import Run
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic


async def test_what_is_not_known_is_being_investigated(clinic: Clinic, begun: Run) -> None:
    """A field without a statement never stays silently empty; one for people to fill in says so."""
    pen = Pen(source_of(clinic, begun.id))

    assert pen.field("form.cause").state == "investigating"
    assert pen.by_hand("form.remarks").state == "by_hand"
    assert pen.field("form.cause", pen.state("停電", 1)).state == "known"


async def test_typed_lines_stay_lines(clinic: Clinic, begun: Run) -> None:
    """Each typed line is a statement with the same entry, whatever signs it holds."""
    pen = Pen(source_of(clinic, begun.id))
    made = pen.told(KnownValue("<b>一</b> | 二\n\n  三  ", (1,)))

    assert [one.text for one in made] == ["<b>一</b> | 二", "三"]
    assert {one.entries for one in made} == {(pen.source.seq_of(1),)}


async def test_a_value_without_words_is_not_said(clinic: Clinic, begun: Run) -> None:
    """A fact that a playbook of one's own sets to something unheard of is passed whole."""
    pen = Pen(source_of(clinic, begun.id))
    pen.run.facts["leak"] = "sideways"

    assert pen.fact("leak") == ()


async def test_a_drill_says_so(clinic: Clinic) -> None:
    """Title and note of a drill's form say that it is practice."""
    pen = Pen(source_of(clinic, (await clinic.drill()).id))

    assert pen.title("paper.police_memo.title").startswith("【訓練】")
    assert "提出しない" in pen.note()
