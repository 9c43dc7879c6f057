"""All forms: in both languages, drafts until approved, nothing of the record where it doesn't belong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.documents.forms.forms import APPROVED_WHOLE, FORMS, OF_MY_NUMBERS, concerns, form_of
from bot.documents.source import Source
from bot.words.free_texts import free_texts
from bot.words.timeline import timeline
from flows.commands.papers import ApproveDocument
from flows.commands.people import Report
from flows.response.papers import PAPERS
from flows.state.run import Looked, Run
from playbooks.texts import LANGUAGES, Language
from tests.bot.documents.sources import files, learns, source_of
from tests.clinic import Clinic, Played

TIME = re.compile(r"\d\d:\d\d")
"""A time that was read stands in a form as such."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMS)
def test_each_form_in_each_language(played: Played, kind: str, language: Language) -> None:
    """A whole incident gives every form; each field is either said or says why not."""
    form = form_of(kind, source_of(played.clinic, played.run.id, language))

    assert form.title
    assert form.sections
    assert form.draft
    for section in form.sections:
        for field in section.fields:
            assert (field.state == "known") == bool(field.statements) or field.state == "investigating"


@pytest.mark.parametrize("kind", FORMS)
async def test_a_report_that_is_not_a_run_yet(clinic: Clinic, kind: str) -> None:
    """Before a playbook was chosen a form can be made all the same, with nearly nothing in it."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")

    assert form_of(kind, source_of(clinic, clinic.run().id)).draft


@pytest.mark.parametrize("kind", ["patient_notice", "my_number_notice", "vendor_request"])
def test_others_see_nothing_of_the_record(whole: Source, kind: str) -> None:
    """What goes to patients and vendors holds no run, no entry, no member's id, anywhere in it."""
    form = form_of(kind, whole)
    said = repr(form)

    assert not form.traced
    assert whole.run_id not in said
    assert [m.id for m in whole.roster.members if f"'{m.id}'" in said or f" {m.id} " in said] == []
    assert {one.entries for s in form.sections for f in s.fields for one in f.statements} <= {()}


async def test_which_forms_an_incident_has(clinic: Clinic) -> None:
    """An attack has all but those on My Numbers; of a thing that was lost nobody writes of a cyber attack, unless such a report is owed."""
    everything = {kind for kind in FORMS if concerns(kind, await clinic.incident())}
    clinic.orders(Report("", "往診かばんをなくした", playbook="lost_device"), "reception")
    await clinic.says("reception", clinic.engine.handbook.playbooks["lost_device"].question.ja)
    lost = clinic.run()
    of_lost = {kind for kind in FORMS if concerns(kind, lost)}
    learns(clinic, lost, my_number="yes", care_affected="yes")
    later = {kind for kind in FORMS if concerns(kind, clinic.run())}

    assert everything == set(FORMS) - OF_MY_NUMBERS
    assert of_lost == everything - {"mhlw", "health_centre", "ransomware_form"}
    assert later == of_lost | OF_MY_NUMBERS | {"health_centre"}


async def test_a_draft_until_this_very_text_is_approved(clinic: Clinic, begun: Run) -> None:
    """Approved it bears who and when; a new fact makes a draft of it again."""
    draft = form_of("mhlw", source_of(clinic, begun.id))
    seq = clinic.engine.journal.head().seq
    clinic.orders(ApproveDocument(begun.id, "mhlw", "ja", draft.sha256, seq))
    approved = form_of("mhlw", source_of(clinic, begun.id))
    learns(clinic, begun, care_affected="yes")
    later = form_of("mhlw", source_of(clinic, begun.id))

    assert (draft.draft, approved.draft, later.draft) == (True, False, True)
    assert "高橋さん（院長）が承認" in approved.approved
    assert approved.sha256 == draft.sha256 != later.sha256


async def test_an_approval_stands_in_the_timeline(clinic: Clinic, begun: Run) -> None:
    """Which document, in which words (its digest), is part of the record."""
    form = form_of("police_memo", source_of(clinic, begun.id))
    clinic.orders(ApproveDocument(begun.id, "police_memo", "ja", form.sha256, 1))
    clinic.orders(ApproveDocument(begun.id, "unheard_of", "ja", "00" * 32, 1))
    source = source_of(clinic, begun.id)
    rows = timeline(begun.id, source.entries, source.roster, "ja")

    assert rows[-2].what == f"書類を承認: 警察への相談メモ（SHA-256 {form.sha256}）"
    assert "unheard_of" in rows[-1].what


async def test_what_was_handed_in_is_kept_with_its_digest(clinic: Clinic, begun: Run) -> None:
    """A report that is filed after its document was approved carries that document's digest, in the timeline too."""
    form = form_of("police_memo", source_of(clinic, begun.id))
    clinic.orders(ApproveDocument(begun.id, "police_memo", "ja", form.sha256, 1))
    files(clinic, begun, "police")
    files(clinic, begun, "mhlw")
    source = source_of(clinic, begun.id)
    said = [row.what for row in timeline(begun.id, source.entries, source.roster, "ja") if row.kind == "duty_filed"]

    assert [source.run.filed[duty].document for duty in ("police", "mhlw")] == [form.sha256, ""]
    assert [form.sha256 in line for line in said] == [True, False]


def test_papers_are_forms_and_reports(whole: Source) -> None:
    """A document with which a report is handed in is one of the forms, and the report stands in the law's file."""
    assert whole.run.duties is not None
    assert set(PAPERS) <= set(whole.run.duties.duties)
    assert set(PAPERS.values()) <= set(FORMS)


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_goes_out_that_nobody_looked_at(whole: Source, kind: str) -> None:
    """Of all that was written in a whole incident no form holds a word, until somebody let it go out."""
    said = repr(form_of(kind, replace(whole, decided={})))
    lines = {line for text in free_texts(whole.entries) for line in text.text.splitlines() if not TIME.fullmatch(line)}

    assert len(lines) > 10
    assert [line for line in lines if line in said] == []


@pytest.mark.parametrize(("language", "around"), [("ja", "「」"), ("en", "“”")])
def test_what_is_withheld_is_no_quotation(whole: Source, language: Language, around: str) -> None:
    """「受付等」 of a report, a reason, the first words: a mark stands there, and not as if somebody had said it."""
    held = {entry.turn: Looked(keep=False) for entry in whole.entries}
    forms = [form_of(kind, replace(whole, language=language, decided=held)) for kind in sorted(APPROVED_WHOLE)]
    said = [one.text for form in forms for s in form.sections for field in s.fields for one in field.statements]
    mark = {"ja": "［伏せています］", "en": "[withheld]"}[language]

    assert len([text for text in said if mark in text]) > 20
    assert [text for text in said if f"{around[0]}{mark}{around[1]}" in text] == []
