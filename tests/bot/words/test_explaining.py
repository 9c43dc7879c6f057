"""What a run knows, put into the texts for patients."""

from __future__ import annotations

from dataclasses import replace

from bot.words.explaining import draft_for, facts_of, mark_of
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.reporting import FileReport
from flows.record.journal import FACILITY
from tests.clinic import Clinic, Played


async def test_what_nobody_knows_is_under_investigation(clinic: Clinic) -> None:
    """At the beginning the letter names facility and time, and says 「調査中」 for the rest."""
    await clinic.incident()
    texts = clinic.engine.handbook.explanations
    assert texts is not None

    draft = draft_for(texts, clinic.run(), clinic.engine.context(clinic.clock.now(), ""), "letter", "ja")

    assert "あかり診療所（架空）" in draft.text
    assert "2027年4月1日（木）8時50分ごろ" in draft.text
    assert "3. 原因\n調査中です。" in draft.text
    assert "cause" in draft.unknown
    assert "漏れていません" not in draft.text


async def test_whom_we_told_is_said_only_after_telling(clinic: Clinic) -> None:
    """The police are mentioned once the report to them is on record."""
    await clinic.incident()
    assert "police_told" not in facts_of(clinic.run())

    clinic.orders(FileReport(clinic.run().id, "police", "受付12"))

    assert facts_of(clinic.run())["police_told"] == "yes"


def test_another_wording_has_another_mark() -> None:
    """A button approves one wording: a changed text has a mark that the button doesn't carry."""
    assert mark_of("調査中です。") != mark_of("調査中です")
    assert len(mark_of("調査中です。")) == 8


async def test_whom_patients_call(clinic: Clinic) -> None:
    """The desk telephone of the facility stands in the text, once it is entered; a blank to fill in until then."""
    run = await clinic.incident()
    texts = clinic.engine.handbook.explanations
    assert texts is not None
    assert (
        "お問い合わせ先を記入"
        in draft_for(texts, run, clinic.engine.context(clinic.clock.now(), "m1", run.id), "poster", "ja").text
    )
    before = clinic.engine.journal.registry("facility")["facility"]
    facility = clinic.engine.roster().facility.model_copy(update={"telephone": "03-3210-0001"})
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("facility", "facility", facility.model_dump_json(), before),)))

    text = draft_for(texts, run, clinic.engine.context(clinic.clock.now(), "m1", run.id), "poster", "ja").text
    assert "03-3210-0001" in text


def test_the_letter_tells_what_the_run_knows(played: Played) -> None:
    """After a played attack: an intrusion from outside, the cause that was written down, nothing of My Numbers of staff."""
    texts = played.clinic.engine.handbook.explanations
    assert texts is not None
    letter = draft_for(texts, played.run, played.clinic.engine.context(played.clinic.clock.now(), ""), "letter", "ja")

    assert "staff" in next(a.given["ticked"] for (_, s), a in played.run.answered.items() if s.endswith("what_data"))
    assert "マイナンバー" not in letter.text
    assert "不正アクセスを受けた" in letter.text
    assert "3. 原因\n調査中" not in letter.text
    written = [(a.turn, a.given["text"]) for (_, s), a in played.run.answered.items() if s.endswith("cause_text")]
    assert max(written)[1] in letter.text
    assert "推定しております" not in letter.text


def test_a_guess_stays_a_guess(played: Played) -> None:
    """Words that say so are no known cause for the wall, though somebody ticked since that it was confirmed."""
    run, texts = played.run, played.clinic.engine.handbook.explanations
    context = played.clinic.engine.context(played.clinic.clock.now(), "")
    assert texts is not None
    (_, turn) = max((a.turn, a.turn) for (_, s), a in run.answered.items() if s.endswith("cause_text"))
    guessed = replace(run, corrections={**run.corrections, turn: ("VPN装置から入られたと思われる", None)})

    assert "原因：判明しております" in draft_for(texts, run, context, "poster", "ja").text
    assert "原因：調査中です" in draft_for(texts, guessed, context, "poster", "ja").text
    assert (
        "見立ては次のとおりです。VPN装置から入られたと思われる"
        in draft_for(texts, guessed, context, "letter", "ja").text
    )
