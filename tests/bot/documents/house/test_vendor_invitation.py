"""A vendor at a tabletop drill: invited with a letter that gives nothing away, asked about afterwards, kept in the record."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from bot.documents.house.vendor_invitation import vendor_invitation
from bot.documents.kinds import make
from bot.documents.records.drill_record import drill_record
from bot.documents.source import Source
from flows.commands.drilling import BeginExercise
from flows.commands.people import Close
from flows.record.journal import FACILITY
from playbooks.texts import LANGUAGES
from tests.bot.calendar_home import comes, next_of, planned
from tests.clinic import Clinic
from tests.ledger import VENDOR, enter


def letters(clinic: Clinic) -> str:
    """Give the letters as they read."""
    return vendor_invitation(Source.of(clinic.engine, FACILITY, "ja")).markdown.replace("\\", "")


async def test_from_the_invitation_to_the_record(clinic: Clinic) -> None:
    """Two taps invite; once the drill is over one tap says how they came, a few words what was learnt, and it stands in the record."""
    enter(clinic)
    await planned(clinic)
    assert "まだ、どの事業者も招いていません" in letters(clinic)
    drill = next_of(clinic, "tabletop")
    story = clinic.engine.handbook.drills.scenarios[drill.scenario or ""]
    await clinic.does("director", button=f"menu|drill|show|{drill.turn}")
    await clinic.says("director", "[システム会社を招く（案内状）]")
    handed = await clinic.says("director", f"[{VENDOR.name}]")
    await clinic.does("director", button=f"menu|drill|invite|{drill.turn}|{VENDOR.id}")

    assert "机上訓練へのご参加のお願い" in handed
    assert clinic.engine.house.drills[drill.id].vendors == (VENDOR.id,)
    assert f"招いたシステム会社: {VENDOR.name}" in await clinic.does("director", button=f"menu|drill|show|{drill.turn}")
    local = clinic.engine.roster().facility.local(drill.at)
    letter = letters(clinic)
    for part in (f"{VENDOR.name}　御中", f"{local.month}月{local.day}日", "約60分", "電子カルテ", "□ 電話で参加する"):
        assert part in letter, part
    given_away = (story.title, story.situation, story.opening, *(inject.text for inject in story.injects))
    assert [text.ja for text in given_away if text.ja in letter] == []
    for language in LANGUAGES:
        pdf = make(Source.of(clinic.engine, FACILITY, language), "vendor_invitation", "pdf")
        assert len(PdfReader(BytesIO(pdf)).pages) == 1

    await comes(clinic, drill)
    await clinic.does("director", button=f"menu|drill|start|{drill.turn}")
    run = clinic.run().id
    clinic.orders(Close(run))
    await clinic.stage.settle()
    assert f"{VENDOR.name}は、この訓練に参加しましたか" in clinic.read("director")
    assert "参加しましたか" not in clinic.read("nurse")
    shown = await clinic.says("director", "[電話で参加した]")
    await clinic.says("director", "[学んだことを書く]")
    kept = await clinic.says("director", "夜の番号は<別>にある")

    assert f"{VENDOR.name}: 電話で参加した" in shown
    assert "一緒に学んだこと: 夜の番号は<別>にある" in kept
    assert clinic.run(run).asking[clinic.id("director")].what == "review"  # what was asked before is asked again
    record = drill_record(Source.of(clinic.engine, run, "ja")).markdown.replace("\\", "")
    assert f"| {VENDOR.name} | 電話で参加した | 夜の番号は<別>にある |" in record


async def test_an_invitation_is_taken_back(clinic: Clinic) -> None:
    """One tap; the screen says what to tell them at which number, and it stays a task until that was done. No letter is left."""
    enter(clinic)
    await planned(clinic)
    drill = next_of(clinic, "tabletop")
    await clinic.does("director", button=f"menu|drill|invite|{drill.turn}|{VENDOR.id}")
    await clinic.does("director", button=f"menu|drill|vendors|{drill.turn}")
    shown = await clinic.says("director", f"[{VENDOR.name}の招待を取り消す]")

    assert clinic.engine.house.drills[drill.id].vendors == ()
    for part in (
        f"{VENDOR.name}の招待を取り消しました",
        "03-1234-5678",
        "あかり診療所（架空）です",
        "先方にはまだ伝わっていません",
    ):
        assert part in shown, part
    assert "まだ、どの事業者も招いていません" in letters(clinic)
    assert "招待の取り消しを電話で伝える" in await clinic.says("director", "/tasks")
    await clinic.says("director", "[電話で伝えた]")
    assert list(clinic.engine.house.open_tasks()) == []


async def test_a_vendor_who_was_not_invited_can_have_come(clinic: Clinic) -> None:
    """In a tabletop that was begun at once, too, whoever led it says so from its result; reception may not."""
    enter(clinic)
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    run = clinic.run().id
    ask = f"menu|vendors|{run}|{VENDOR.id}"
    clinic.orders(Close(run))
    await clinic.stage.settle()
    await clinic.says("director", "[システム会社の参加を記録]")
    await clinic.says("director", f"[{VENDOR.name}]")
    await clinic.says("director", "[こちらに来て参加した]")

    exercise = clinic.run(run).exercise
    assert exercise is not None
    assert exercise.vendors == {VENDOR.id: "here"}
    assert "参加しましたか" not in await clinic.does("reception", button=ask)
