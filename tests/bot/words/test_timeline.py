"""The timeline: every entry in words, with both its times, who did it, and what later corrected it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from bot.words.timeline import TimelineRow, timeline
from bot.words.words import phrases
from flows.commands.drilling import (
    AnswerQuestion,
    BeginExercise,
    HoldInject,
    RateObjective,
    ReleaseFeedback,
    SendInject,
    SkipInject,
)
from flows.commands.people import AskTime, CallOff, Close, Correct, Write
from flows.deeds import Voice
from flows.events.event import KINDS, RunEvent
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic, Played


def rows(clinic: Clinic, run: str, language: Language = "ja") -> list[TimelineRow]:
    """Give a run's timeline."""
    return timeline(run, clinic.entries(run=run), clinic.engine.roster(), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_incident_in_words(played: Played, language: Language) -> None:
    """One row an entry, in order, each in words and not by its kind, with a name and a digest."""
    entries = played.clinic.entries(run=played.run.id)
    found = rows(played.clinic, played.run.id, language)

    assert [r.seq for r in found] == [e.seq for e in entries]
    assert [r.digest for r in found] == [e.digest.hex() for e in entries]
    assert [r.kind for r in found if not r.what or r.what == r.kind] == []
    assert {r.who for r in found} >= ({"高橋さん（院長）", "（自動）"} if language == "ja" else {"高橋 (Director)"})
    assert not any("&lt;" in r.what or "{{" in r.what for r in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_entry_has_its_words(language: Language) -> None:
    """Whatever a run's journal can hold, the timeline says it."""
    kinds = {kind for kind, cls in KINDS.items() if issubclass(cls, RunEvent)}

    assert sorted(k for k in kinds if f"event.{k}" not in phrases(language)) == []


def test_ids_are_never_shown(played: Played) -> None:
    """People, steps, answers and ticked items are called as people know them."""
    playbook = played.run.playbook
    assert playbook is not None
    ids = {item for t in playbook.tracks.values() for s in t.steps.values() for item in s.choices if "_" in item}
    told = " ".join(r.what for r in rows(played.clinic, played.run.id))

    assert sorted(i for i in ids if i in told) == []


async def test_both_times_and_the_correction(clinic: Clinic) -> None:
    """A call at 9:10 recorded at 9:50 shows both; what was put right stands beside what was written first."""
    run = (await clinic.incident()).id
    clinic.clock.advance(hours=1)
    clinic.orders(Write(run, "9:10 <会社>に電話した"), "nurse")
    turn = next(iter(clinic.run(run).notes))
    clinic.orders(Correct(run, turn, "電話できなかった"), "nurse")
    clinic.orders(AskTime(run, turn), "nurse")
    clinic.orders(Write(run, "9:05"), "nurse")
    note = next(r for r in rows(clinic, run) if r.kind == "note_taken")

    assert (note.what, note.who) == ("メモ: 9:10 <会社>に電話した", "鈴木さん（看護師）")
    local = clinic.engine.roster().facility.local
    assert (f"{local(note.occurred_at):%H:%M}", f"{local(note.recorded_at):%H:%M}") == ("09:10", "09:50")
    assert note.corrected == "［訂正］09:05 電話できなかった"


async def test_an_entry_of_another_time(clinic: Clinic) -> None:
    """A kind that this version doesn't know is shown by its name; nothing is left out."""
    run = (await clinic.incident()).id
    entries: list[Any] = clinic.entries(run=run)
    strange = type(entries[0])(
        **{f.name: getattr(entries[0], f.name) for f in fields(entries[0])} | {"kind": "from_the_future"}
    )

    assert timeline(run, [*entries, strange], clinic.engine.roster(), "ja")[-1].what == "from_the_future"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_event_of_a_drill_is_said(clinic: Clinic, language: Language) -> None:
    """Its beginning, injects, quiz answers and ratings name what they are about; nothing stands there as a bare id."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    run = clinic.run().id
    for order in (
        HoldInject(run, "printer_paper"),
        SendInject(run, "printer_paper"),
        SkipInject(run, "director_silent"),
    ):
        clinic.orders(order)
    clinic.orders(Close(run))
    clinic.orders(RateObjective(run, "all"))
    clinic.does_deed("nurse", Voice(run, "よかった"))
    clinic.orders(ReleaseFeedback(run))
    clinic.orders(CallOff(run, "おわり"))
    clinic.orders(BeginExercise("", "quiz"))
    first = clinic.run().exercise.questions[0]  # type: ignore[union-attr]
    clinic.orders(AnswerQuestion(clinic.run().id, 0, next(iter(first.options))), "nurse")
    said = {
        row.kind: row.what
        for name in (run, clinic.run().id)
        for row in timeline(name, clinic.entries(run=name), clinic.engine.roster(), language)
    }

    assert ("英語の紙" if language == "ja" else "pages") in said["inject_sent"]
    assert first.ask.in_language(language) in said["question_answered"]
    assert "よかった" in said["feedback_released"]
    assert "drill-1" not in "".join(said.values())
