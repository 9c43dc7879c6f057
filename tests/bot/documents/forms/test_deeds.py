"""What was done, told, decided and kept."""

from __future__ import annotations

import re

import pytest

from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds
from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.words.step_types import SAID
from bot.words.words import phrases
from flows.state.run import Run
from playbooks.texts import LANGUAGES, Language
from tests.bot.documents.sources import files, source_of
from tests.clinic import Clinic
from tests.library import shipped_catalogue


async def test_what_was_not_done_is_not_said(clinic: Clinic, begun: Run) -> None:
    """At the beginning nothing was done, nobody told, nothing kept."""
    pen = Pen(source_of(clinic, begun.id))

    assert deeds.contained(pen) == deeds.restored(pen) == deeds.told(pen) == deeds.kept(pen) == ()
    assert deeds.course(pen)[0].text.startswith("2027-04-01 08:50 受付が報告「電子カルテ")


def test_each_deed_has_its_time_and_entry(whole: Source) -> None:
    """「08:56 該当機器のLANケーブルを抜去」, with the answer of that step behind it."""
    (pulled,) = [one for one in deeds.contained(Pen(whole)) if "LANケーブルを抜去（電源" in one.text]
    (entry,) = [e for e in whole.entries if e.seq in pulled.entries]

    assert pulled.text.startswith("2027-04-01 08:55")
    assert entry.kind == "line_settled"
    assert "unplug_machine" in entry.body


def test_a_call_that_was_a_report_is_said_once(whole: Source) -> None:
    """The police stand among the reports, not among the calls too; asked for by name they are found."""
    pen = Pen(whole)

    assert not any("警察" in one.text for one in deeds.told(pen))
    assert sum("警察に相談" in one.text for one in deeds.filed(pen)) == 1
    assert len(deeds.told_to(pen, "authority:police_cyber")) == 1


def test_decisions_name_role_and_reason(whole: Source) -> None:
    """Who decided is given by role, with the reason; only the decisions asked for."""
    (one,) = deeds.decided(Pen(whole), "reopen")

    assert "院長。理由「" in one.text
    assert "高橋" not in one.text


def test_a_photo_is_named_with_its_digest(whole: Source) -> None:
    """What is kept can be compared with the file itself."""
    pieces = [piece.sha256 or "none" for piece in whole.run.evidence.values()]

    assert pieces
    assert all(digest in kept.text for digest, kept in zip(pieces, deeds.kept(Pen(whole)), strict=True))


def test_the_course_is_one_page_in_the_order_of_time(whole: Source) -> None:
    """From the report to the end, a line a minute, few enough for a page; the record behind it holds every call's words."""
    pen = Pen(whole)
    course, record = deeds.course(pen), deeds.whole_course(pen)
    times = [one.text[:16] for one in course]

    assert times == sorted(set(times))
    assert 10 < len(times) <= 30 < len(record)
    assert "折り返し" in " ".join(one.text for one in record)
    assert "折り返し" not in " ".join(one.text for one in course)
    assert {seq for one in course for seq in one.entries} <= {seq for one in record for seq in one.entries}


def test_no_office_reads_of_insurer_and_lawyer(whole: Source) -> None:
    """We told both, and no paper for an office says so: what we ask in confidence is ours."""
    told = {call.reference for call in Pen(whole).known.told()}
    assert {"adviser:insurer", "adviser:lawyer"} <= told
    assert "insurer" in whole.run.filed
    for kind in ("ppc_preliminary", "ppc_final", "ransomware_form", "mhlw", "health_centre", "police_memo"):
        said = repr(form_of(kind, whole))
        assert [word for word in ("弁護士", "保険会社", "保険の会社", "サイバー保険") if word in said] == []


def test_a_decision_is_a_sentence(whole: Source) -> None:
    """「システムの使用停止と紙による業務への切替えを決定」, never what stood on the button."""
    said = [one.text for one in deeds.decided(Pen(whole))]

    assert len(said) > 3
    assert any("システムの使用停止と紙による業務への切替えを決定（院長" in one for one in said)
    assert not any("全部止めて紙にする" in one or "するか:" in one for one in said)


async def test_notes_and_late_reports(clinic: Clinic, begun: Run) -> None:
    """Notes stand in people's own words; a report without a receipt says only that it was made."""
    await clinic.says("nurse", "8:40 プリンターが鳴った")
    files(clinic, begun, "mhlw", "—")
    pen = Pen(source_of(clinic, begun.id))

    assert any(one.text.endswith("「8:40 プリンターが鳴った」") for one in deeds.notes(pen))
    assert deeds.filed(pen)[0].text.endswith("厚生労働省へ障害の発生を連絡")
    assert deeds.did(pen, "evidence") == ()


def test_a_desk_called_later_stands_with_its_own_time(whole: Source) -> None:
    """The one line of calls says of each desk when it was reached; none stands as called at the first minute that was not."""
    (line,) = [one.text for one in deeds.course(Pen(whole)) if "に連絡" in one.text and "検査会社" in one.text]

    assert line.startswith("2027-04-01 08:59 電子カルテの会社、")
    assert re.search("、保健所（(?:09|10):\\d\\d）に連絡", line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_first_has_words_of_an_office(language: Language) -> None:
    """No report quotes a button: each step of the first minutes that is a deed has words of its own, or no report asks for it."""
    said = phrases(language)
    steps = {
        (book.playbook, name)
        for book in shipped_catalogue().for_use("incident")
        if book.playbook != "needle_stick"  # goes to no office
        for track in book.tracks.values()
        if (track.stage, track.urgency) == ("first_response", 1)
        for card, step in track.steps.items()
        for name, one in (step.lines or {card: step}).items()
        if "done" in one.answers and SAID[one.takes].is_deed
    }

    assert sorted(one for one in steps if one[1] not in deeds.QUIET and f"form.did.{one[1]}" not in said) == []
