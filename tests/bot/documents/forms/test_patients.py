"""The texts for patients on paper."""

from __future__ import annotations

from bot.documents.forms.patients import patient_notice
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
