"""The after-action review: complete from what was recorded, and honest about what was not."""

from __future__ import annotations

from bot.documents.records.after_action import after_action
from bot.documents.source import Source
from flows.commands.upkeep import OpenTask
from flows.record.journal import FACILITY
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


def test_a_closed_run_tells_all(whole: Source) -> None:
    """Decisions with who and why, reports with their state, what people said, who signed and with which seal."""
    written = after_action(whole)

    assert not written.draft
    assert set(written.pictures) == {"timeline.png"}
    for wanted in (
        "データの復元の開始を決定",
        "システムの使用停止と紙による業務への切替えを決定",
        "広がるのを止めるため。",
        "個人情報保護委員会 速報",
        "高橋さん（院長）が 2027-04-01",
        "連絡表が手元にあり",
        "再発防止策",
    ):
        assert wanted in written.markdown, wanted
    assert "全部止めて紙にする" not in written.markdown
    assert whole.seal is not None
    assert whole.seal.digest.hex() in written.markdown


async def test_an_open_run_is_a_draft(clinic: Clinic) -> None:
    """Nothing is signed, nothing made up: questions not answered yet are lines to write on."""
    run = await clinic.incident()
    written = after_action(source_of(clinic, run.id))

    assert written.draft
    assert "まだ確定していません" in written.markdown
    assert written.markdown.count("[]{.fill}") >= 5


async def test_improvements_have_owner_and_day(clinic: Clinic) -> None:
    """Tasks that came of this run are its improvement plan; those of another are not."""
    run = await clinic.incident()
    for about, what in (({"run": run.id}, "予備の回線"), ({"run": "incident-9"}, "ほかの件")):
        clinic.orders(OpenTask(FACILITY, what, about, clinic.id("nurse"), clinic.clock.now().date()), "director")
    said = after_action(source_of(clinic, run.id)).markdown

    assert "予備の回線 | 鈴木さん" in said
    assert "ほかの件" not in said


def test_what_was_written_and_has_no_owner_is_listed(whole: Source) -> None:
    """The measures of the played incident stand in the plan with lines for owner and day, instead of an empty table."""
    said = after_action(whole).markdown
    plan = said[said.index("## 改善計画") :]
    [answered] = [answer for (_, name), answer in whole.run.answered.items() if name.endswith("prevention")]

    assert "担当と期限がまだ決まっていないもの" in plan
    assert f"| {answered.given['text']} |  |  |" in plan


async def test_both_languages(clinic: Clinic) -> None:
    """The same review in English."""
    run = await clinic.incident()

    assert "# After-action review" in after_action(source_of(clinic, run.id, "en")).markdown


async def test_a_duty_that_nobody_could_confirm_says_so(clinic: Clinic) -> None:
    """What rests on a rule that was only remembered is never listed as law."""
    run = await clinic.incident()
    learns(clinic, run, my_number="yes", sensitive="yes")
    rows = {
        line.split("|")[1].strip(): line
        for line in after_action(source_of(clinic, run.id)).markdown.splitlines()
        if line.count("|") > 4
    }

    assert "（一部は要確認）" in rows["マイナンバー 速報"]
    assert "要確認" not in rows["個人情報保護委員会 速報"]
