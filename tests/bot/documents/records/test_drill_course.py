"""The course of a drill: what was planned beside what came."""

from __future__ import annotations

from bot.documents.records.drill_course import calls, findings, injects, times
from flows.commands.drilling import AskInject, BeginExercise, SkipInject
from tests.bot.documents.sources import PlayedYear, source_of
from tests.clinic import Clinic


async def test_injects_as_planned_and_as_they_came(clinic: Clinic) -> None:
    """One that was sent has its time and receiver; a skipped one says so; the facilitator's own stands last."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware", facilitator=clinic.id("deputy")))
    run = clinic.run().id
    await clinic.passes(3)
    clinic.orders(SkipInject(run, "director_silent"), "deputy")
    clinic.orders(AskInject(run), "deputy")
    await clinic.says("deputy", "停電 | しました")
    rows = list(injects(source_of(clinic, run)))

    assert rows[0][:2] == ("開始2分後", "08:52（2分後）")
    assert "佐藤さん（受付）" in str(rows[0][4])
    assert "飛ばした" in [row[1] for row in rows]
    assert "これから" in [row[1] for row in rows]
    assert rows[-1][0] == "進行役が追加"
    assert rows[-1][2] == "停電 | しました"


def test_times_beside_the_drill_before(played_year: PlayedYear) -> None:
    """Each measure with its target, its rating in words and the time of last time; the roll call likewise."""
    source, before = source_of(played_year.clinic, played_year.last), played_year.clinic.run(played_year.first)
    rows = {str(row[0]): row for row in times(source, before)}

    assert rows["院長に伝わるまで"][1:] == ("10分", "1分", "○ できた", "3分")
    assert rows["速報の下書きができるまで"][2:] == ("28分", "○ できた", "—")
    assert calls(source, before)[1] == ("median", "1分", "3分")
    assert calls(source, None)[0] == ("rate", "100 %（3人中3人）", "—")


def test_what_was_found(played_year: PlayedYear) -> None:
    """A drill's own playbook gives all its answers, what was wrong in bold; a played incident only what counts faults."""
    found = [str(row[1]) for row in findings(source_of(played_year.clinic, played_year.contact))]

    assert found.count("**2 か所**") == 2
    assert "合っている" in found
    assert list(findings(source_of(played_year.clinic, played_year.first))) == []
