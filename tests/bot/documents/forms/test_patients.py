"""The texts for patients on paper."""

from __future__ import annotations

from bot.documents.forms.patients import patient_notice
from bot.screens.buttons import data_of
from bot.screens.requests.runs import ShowText
from bot.words.explaining import draft_for
from flows.commands.explaining import ApproveExplanation
from flows.state.run import Run
from playbooks.explanations.shape import KINDS
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


def approves_all(clinic: Clinic, run: Run) -> None:
    """Let the director approve all four texts as they read now."""
    source = source_of(clinic, run.id)
    texts = clinic.engine.handbook.explanations
    assert texts is not None
    for kind in KINDS:
        text = draft_for(texts, source.run, source.context, kind, "ja").text
        clinic.orders(ApproveExplanation(run.id, kind, "ja", text))


async def test_four_texts_each_a_draft_at_first(clinic: Clinic, begun: Run) -> None:
    """Poster, phone, web and letter, marked as drafts until approved; then they stay approved on the next day."""
    before = patient_notice(source_of(clinic, begun.id))
    approves_all(clinic, begun)
    await clinic.passes(24 * 60)
    after = patient_notice(source_of(clinic, begun.id))

    assert (before.draft, after.draft) == (True, False)
    assert len(after.sections) == 4
    assert all(s.title.endswith("【承認済み】") for s in after.sections)


async def test_new_facts_make_a_draft_of_it(clinic: Clinic, begun: Run) -> None:
    """What was approved before a leak was confirmed is not handed out as approved."""
    approves_all(clinic, begun)
    learns(clinic, begun, leak="confirmed")
    form = patient_notice(source_of(clinic, begun.id))

    assert form.draft
    assert "承認後に内容が変わった" in form.sections[3].title
    assert "外部に漏えいしたことが判明いたしました" in form.sections[3].text


async def test_before_anything_is_known_there_is_no_text(clinic: Clinic) -> None:
    """A report to which no playbook was chosen yet has no texts, and says so."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")

    assert "まだない" in patient_notice(source_of(clinic, clinic.run().id)).sections[0].title


async def test_of_a_matter_for_a_few_nothing_hangs_on_a_wall(clinic: Clinic) -> None:
    """Only the letter to those concerned, on paper and in the chat, until it was decided to make it public."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    await clinic.says("reception", "職員のしたことが心配（持ち出しなど）")
    await clinic.says("reception", "[この人たちでよい]")
    run = clinic.run()
    assert [s.title for s in patient_notice(source_of(clinic, run.id)).sections] == ["ご本人への手紙【下書き】"]
    assert "公表を決めるまで" in patient_notice(source_of(clinic, run.id)).note
    assert "ご本人への手紙だけ" in await clinic.does("director", button=data_of(ShowText(run.id, "poster", "ja")))

    learns(clinic, run, published="yes")
    assert len(patient_notice(source_of(clinic, run.id)).sections) == 4
    assert "患者の皆さまへ" in await clinic.does("director", button=data_of(ShowText(run.id, "poster", "ja")))


async def test_a_mere_failure_brings_nobody_a_letter(clinic: Clinic) -> None:
    """Nothing speaks for information being concerned; once something does, there is a letter."""
    run = await clinic.incident("ehr_outage")
    without = patient_notice(source_of(clinic, run.id))
    learns(clinic, run, loss="suspected")

    assert len(without.sections) == 3
    assert "ご本人への手紙" not in "".join(section.title for section in without.sections)
    assert len(patient_notice(source_of(clinic, run.id)).sections) == 4
