"""What a run knows, and from which entries."""

from __future__ import annotations

from bot.documents.facts.knowledge import Knowledge
from bot.documents.source import Source
from flows.commands.papers import LookAtTexts
from flows.commands.people import Correct, Write
from flows.commands.reporting import MoveKnownAt
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


async def test_what_a_playbook_rules_out_nobody_knows(clinic: Clinic) -> None:
    """「漏えいなし」 with which a fault begins is no finding; once a person says it, it is."""
    run = await clinic.incident("ehr_outage")
    assert run.facts["leak"] == "none"
    before = Knowledge(source_of(clinic, run.id)).fact("leak")
    learns(clinic, run, leak="none")
    after = Knowledge(source_of(clinic, run.id)).fact("leak")

    assert before is None
    assert after is not None
    assert clinic.entries(run=run.id)[after.turns[0] - 1].kind == "facts_learned"


async def test_a_suspicion_is_known_from_the_start(clinic: Clinic, begun: Run) -> None:
    """What a playbook suspects stands, with the entry that began the response behind it."""
    known = Knowledge(source_of(clinic, begun.id)).fact("leak")

    assert known is not None
    assert known.value == "suspected"
    assert clinic.entries(run=begun.id)[known.turns[0] - 1].kind == "declared"


async def test_a_correction_is_what_was_said(clinic: Clinic, begun: Run) -> None:
    """The corrected words count, and both entries stand behind them."""
    reported = next(e.turn for e in clinic.entries("reported", begun.id))
    clinic.orders(Correct(begun.id, reported, "画面が真っ赤"))
    known = Knowledge(source_of(clinic, begun.id))
    said = known.worded(reported, known.run.text)

    assert said.value == "画面が真っ赤"
    assert said.turns == (reported, known.run.turns)


async def test_since_when_it_is_known(clinic: Clinic, begun: Run) -> None:
    """The report begins it; somebody who knew earlier moves it, and is what it rests on."""
    assert Knowledge(source_of(clinic, begun.id)).since() == (1,)
    clinic.orders(MoveKnownAt(begun.id, "7:30"))
    known = Knowledge(source_of(clinic, begun.id))

    assert known.since() == (known.run.turns,)


def test_calls_and_ticks(whole: Source) -> None:
    """Whom a step had called and what was ticked are known, in the order in which the playbook names the items."""
    known = Knowledge(whole)

    told = [call.reference for call in known.told()]
    assert told.index("vendor:ehr") < told.index("vendor:network")
    assert [item for item, _ in known.ticked("what_data")][:3] == ["records", "images", "addresses"]
    assert known.ticked("nobody_asks_this") == []
    assert known.said("nobody_asks_this") is None


def test_it_is_the_run(whole: Source) -> None:
    """What it reads is the run itself, entry by entry."""
    assert Knowledge(whole).run == whole.run


async def test_words_that_nobody_looked_at_are_no_part_of_it(clinic: Clinic, begun: Run) -> None:
    """Neither what was reported nor a note, until somebody lets it go out; what was withheld stays a blank of its own."""
    clinic.orders(Write(begun.id, "山田さんのカルテ"), "nurse")
    note = max(clinic.run().notes)

    def known() -> str:
        run = Knowledge(Source.of(clinic.engine, begun.id, "ja")).run
        return f"{run.text} {run.notes}"

    before = known()
    clinic.orders(LookAtTexts(begun.id, (1,), keep=True), "director")
    clinic.orders(LookAtTexts(begun.id, (note,), keep=False, reason="names"), "director")
    after = known()

    assert "画面に英語" not in before
    assert "山田" not in before + after
    assert "［未確認の記載があります］" in before
    assert "画面に英語" in after
    assert "［伏せています］" in after


async def test_a_correction_has_to_be_looked_at_as_well(clinic: Clinic, begun: Run) -> None:
    """The first words were; those that stand in their place now were not, and the first ones are known to be wrong."""
    clinic.orders(LookAtTexts(begun.id, (1,), keep=True), "director")
    clinic.orders(Correct(begun.id, 1, text="画面に山田さんの名前"), "reception")
    source = Source.of(clinic.engine, begun.id, "ja")

    assert Knowledge(source).worded(1, source.run.text).value == "［未確認の記載があります］"
