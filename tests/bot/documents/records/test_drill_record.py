"""The record of a drill: all that the inspection asks for, nobody's score, no voice betrayed."""

from __future__ import annotations

import pytest

from bot.documents.kinds import UnknownKind, kind_of, make
from bot.documents.records.drill_record import drill_record
from flows.commands.drilling import AskInject, BeginExercise, ReleaseFeedback
from flows.commands.people import Close
from flows.commands.upkeep import OpenTask
from flows.record.journal import FACILITY
from tests.bot.documents import drills_played
from tests.bot.documents.sources import PlayedYear, source_of, text_of
from tests.clinic import Clinic

NASTY = "=1+1 | **太字** # `rm` <script>alert(1)</script> \\pagebreak {{ 7*7 }} #pagebreak() \u202e髙 🚨"


def test_the_whole_drill(played_year: PlayedYear) -> None:
    """Date, kind, scenario, people, debrief, voices, improvements verified, sign-off; the last drill beside this one."""
    written = drill_record(source_of(played_year.clinic, played_year.last))

    assert not written.draft
    assert set(written.pictures) == {"trend.png"}
    for wanted in (
        "机上訓練",
        "連携先から入ってきた攻撃",
        "2027-11-25 13:00",
        "前回（2027-04-01）",
        "56\\.9分",
        "紙の置き場所を決める",
        "次は私が進行役をします（田中さん（代行者））",
        "改善できていた",
        "高橋さん（院長）が 2027-11-25",
    ):
        assert wanted in written.markdown, wanted


def test_nobodys_score(played_year: PlayedYear) -> None:
    """The quiz stands by question with the right answer; who answered what stands nowhere."""
    said = drill_record(source_of(played_year.clinic, played_year.quiz)).markdown

    assert said.count("4人中3人が正解") == 3
    assert "入れたままにする" in said
    assert "電源を切る" not in said.replace("すぐ電源を切る", "")  # a wrong option


def test_nameless_voices_stay_nameless(played_year: PlayedYear) -> None:
    """They stand sorted, without a name, after those with one."""
    said = drill_record(source_of(played_year.clinic, played_year.first)).markdown
    voices = said[said.index("みなさんの声") : said.index("改善計画")]

    assert voices.index("田中") < voices.index("あわてた") < voices.index("番号の紙")
    assert "鈴木" not in voices
    assert "佐藤" not in voices


def test_the_planned_date_stands_beside_the_real_one(played_year: PlayedYear) -> None:
    """A drill of the calendar tells when it had been planned, and that it was moved."""
    said = drill_record(source_of(played_year.clinic, played_year.contact)).markdown

    assert "予定していた日時 | 2027-04-16 12:30（1回変更）" in said
    assert "事業者の番号の誤り・抜け 2か所" in said


def test_pages_carry_banner_and_log(played_year: PlayedYear) -> None:
    """On each page stand 【訓練】 and the run's number; the same source gives the same bytes."""
    source = source_of(played_year.clinic, played_year.contact)
    pdf = make(source, "drill_record", "pdf")

    assert pdf == make(source_of(played_year.clinic, played_year.contact), "drill_record", "pdf")
    assert "【訓練】" in text_of(pdf)
    assert source.run_id in text_of(pdf)
    assert b"journal.jsonl" in pdf


async def test_what_people_type_stays_text(clinic: Clinic) -> None:
    """Markup of any kind neither breaks out of its cell nor vanishes; a page of it can be printed."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware", facilitator=clinic.id("deputy")))
    run = clinic.run().id
    clinic.orders(AskInject(run), "deputy")
    await drills_played.says(clinic, "deputy", NASTY)
    clinic.orders(Close(run))
    for who, named in (("nurse", "no"), ("deputy", "yes")):
        await drills_played.may_speak(clinic, run, who, named)
        await drills_played.says(clinic, who, NASTY)
    clinic.orders(ReleaseFeedback(run))
    clinic.orders(OpenTask(FACILITY, "improvement", {"run": run, "text": NASTY}, clinic.id("nurse")))
    source = source_of(clinic, run)

    html = make(source, "drill_record", "html").decode()
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 4
    printed = text_of(make(source, "drill_record", "pdf")).replace("\n", "")
    assert "{{ 7*7 }}" in printed
    assert "49" not in printed[printed.index("みなさんの声") :]


async def test_a_drill_that_runs_is_a_draft(clinic: Clinic) -> None:
    """It says so, in both languages; the first of its kind has no picture."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    written = drill_record(source_of(clinic, clinic.run().id, "en"))

    assert written.draft
    assert not written.pictures
    assert "the first drill of its kind" in written.markdown
    assert "Drill record" in written.markdown


def test_an_incident_has_no_drill_record(played_year: PlayedYear) -> None:
    """Whoever asks for one is told what there is instead; a drill has a run's documents as well."""
    with pytest.raises(UnknownKind) as unknown:
        kind_of(source_of(played_year.clinic, "incident-1"), "drill_record")

    assert "after_action" in unknown.value.known
    assert kind_of(source_of(played_year.clinic, played_year.quiz), "timeline").name == "timeline"
    with pytest.raises(LookupError):
        drill_record(source_of(played_year.clinic, "incident-1"))
