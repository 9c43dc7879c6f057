"""A made-up clinic, and an incident that plays itself from the first message to the seal."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.play import Play, demo_start, open_demo, picture, what_is_written
from bot.phrasing import phrase
from bot.store.verifying import verify_home
from flows.written.times import told_time
from playbooks.phrasing import LANGUAGES, ROOT, Language, read
from tests.clinic import MORNING, Clinic, Played
from tests.library import shipped_catalogue


def test_the_cast(clinic: Clinic) -> None:
    """A director, a deputy, reception and a nurse, all enrolled; the clinic says that it is made up."""
    roster = clinic.engine.roster()

    assert [(m.name, m.roles, m.stands_in_for) for m in roster.members] == [
        ("高橋", ("director",), ()),
        ("田中", (), ("director",)),
        ("佐藤", ("reception",), ()),
        ("鈴木", ("nurse",), ()),
    ]
    assert all(m.channels == ("terminal",) for m in roster.members)
    assert "架空" in roster.facility.name


def test_an_incident_plays_to_its_end(played: Played) -> None:
    """The director is late, the deputy takes over, everything gets done, the run is closed, sealed and verifiable."""
    run = played.run
    assert run.state == "closed"
    assert [m for m, _ in run.commanders] == [played.clinic.id("deputy"), played.clinic.id("director")]
    assert run.open_steps() == []
    assert len(run.answered) > 25
    assert len(run.evidence) >= 1
    assert all(e.sha256 for e in run.evidence.values())
    assert list(run.review) == ["happened", "well", "badly", "change"]
    assert [call.whom for call in run.voice_calls.values() if call.told is not None] == [played.clinic.id("director")]

    report = verify_home(played.clinic.home.path)
    assert (report.findings, report.seals) == ((), 1)
    assert played.clinic.home.journal.unhandled.all() == []


def test_everybody_types_something(played: Played) -> None:
    """All four take part, and no line was a mere number: the story reads like one."""
    assert {member for member, _ in played.typed} == set(played.clinic.cast.members.values())
    assert played.typed[0] == (played.clinic.id("reception"), phrase("demo.first.ransomware").ja)


async def test_it_plays_in_english_too(tmp_path: Path) -> None:
    """Everybody types and taps in the facility's language, to the same end; no phrase was forgotten."""
    said: list[str] = []
    cast = open_demo(tmp_path, MORNING, lambda _, text: said.append(text), language="en")
    run = await Play(cast, tmp_path, lambda _, line: said.append(line)).play("ehr_outage")
    matters = len(cast.stage.home.engine.runs())
    cast.stage.home.close()

    assert (run.state, matters) == ("closed", 1)
    assert phrase("demo.first.ehr_outage").en in said
    assert [text for text in said if re.search(r"[ぁ-んァ-ヶ]", text)] == []


async def test_an_incident_that_nobody_ends(tmp_path: Path) -> None:
    """A play whose run is gone says so instead of going on for ever."""
    cast = open_demo(tmp_path, MORNING, lambda _, __: None)
    play = Play(cast, tmp_path, lambda _, __: None)
    stranger = type("Gone", (), {"id": "incident-99"})()
    with pytest.raises(RuntimeError, match="incident-99 is gone"):
        play._run(stranger)
    cast.stage.home.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_asks_for_words_is_answered(language: Language) -> None:
    """Each step that takes words has some of its own, so that no paper says 'checked and written down' where a cause belongs;
    none is kept that no step asks for. What is asked again may have other words then.
    """
    asked = {
        (playbook.playbook, name)
        for playbook in shipped_catalogue().for_use("incident")
        for track in playbook.tracks.values()
        for card, step in track.steps.items()
        for name, one in ((card, step), *step.lines.items())
        if one.takes in {"text", "moment"}
    }
    said = read(ROOT / "bot" / "phrases" / language / "played.yaml")
    used = {what_is_written(*one).key.removeprefix("played.") for one in asked}

    again = {key for key in said if key.removesuffix("_again") in used - {key}}

    assert sorted(used ^ (said.keys() - again)) == []


def test_what_is_written_is_what_was_asked_for(played: Played) -> None:
    """The cause that was written is a cause, when it happened is a time, and it was noticed before it was reported."""
    engine, run = played.clinic.home.engine, played.run
    cause, when = what_is_written("ransomware", "cause_text").ja, what_is_written("ransomware", "occurred_at").ja

    assert {cause, when} <= {line for _, line in played.typed}
    assert told_time(when, engine.roster().facility.local(played.clinic.clock.now())) is not None
    assert run.known_at is not None
    assert run.reported_at is not None
    assert run.known_at < run.reported_at


def test_the_picture_is_a_png() -> None:
    """Small, whole, and the same every time."""
    assert picture() == picture()
    assert picture().startswith(b"\x89PNG\r\n\x1a\n")
    assert picture().endswith(b"IEND\xaeB`\x82")
    assert len(picture()) < 500


@pytest.mark.parametrize("day", range(1, 8))
def test_a_demo_begins_on_a_working_morning(day: int) -> None:
    """At 8:50 in Japan, Monday to Friday, never in the past of the day it is called on."""
    start = demo_start(datetime(2027, 4, day, 12, 0, tzinfo=UTC))
    japan = start + timedelta(hours=9)

    assert (japan.hour, japan.minute) == (8, 50)
    assert japan.weekday() < 5
