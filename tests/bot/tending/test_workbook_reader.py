"""Workbooks are fetched and read beside everything else; what can't be fetched now is tried again, then told."""

from __future__ import annotations

import asyncio

from bot.channels.channel import Undelivered
from bot.tending.workbook_reader import GIVES_UP, PAUSE, Proposals, WorkbookReader
from contacts.model import Contact
from contacts.rows.differences import Change, changed_fields
from contacts.rows.proposal import Proposal, notes_with
from flows.commands.setting_up import TakeWorkbook
from flows.record.journal import FACILITY
from flows.state.house import SentWorkbook
from tests.clinic import Clinic, Post
from tests.filled_workbook import filled

BUSY = Undelivered("network", "no network", 1.0)


def received(clinic: Clinic, post: Post, *files: bytes | Undelivered) -> WorkbookReader:
    """Let the director send a workbook; fetching brings ``files``, one after the other."""
    post.files["f1"] = list(files)
    clinic.orders(TakeWorkbook(FACILITY, "terminal:f1", "名簿.xlsx"))
    return WorkbookReader(clinic.engine, Proposals(), {"terminal": post}, clinic.clock)


def states(clinic: Clinic) -> list[str]:
    """Give how far the workbooks are."""
    return [sent.state for sent in clinic.engine.house.workbooks.values()]


async def test_reading_holds_nobody_up(clinic: Clinic, post: Post) -> None:
    """While a workbook is read, the others are heard and answered."""
    reader = received(clinic, post, filled())
    reading = asyncio.create_task(reader.read_due())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "どれに近いですか" in await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")

    await reading
    assert states(clinic)[0] in ("offered", "lost")


async def test_it_is_tried_again(clinic: Clinic, post: Post) -> None:
    """After a pause, not before; what was read is not read again."""
    reader = received(clinic, post, BUSY, filled())
    assert [await reader.read_due(), await reader.read_due()] == [0, 0]
    assert len(post.fetched) == 1

    clinic.clock.advance(minutes=PAUSE.total_seconds() / 60)
    assert [await reader.read_due(), await reader.read_due()] == [1, 0]
    assert states(clinic) == ["offered"]


async def test_a_note_with_a_patient_s_data(clinic: Clinic) -> None:
    """Is named before anything is taken in; a firm's number in a note is what notes are for."""
    firm = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678")
    notes = {"患者の山田太郎さんの件": 1, "夜は 090-1111-2222": 0}

    for note, count in notes.items():
        after = firm.model_copy(update={"note": note})
        change = Change("contact", "v", "changed", firm, after, changed_fields(firm, after))
        assert len(list(notes_with(clinic.stage.lamp.reader._patients_in, [change]))) == count


async def test_it_is_given_up_in_the_end(clinic: Clinic, post: Post) -> None:
    """Its sender is told to send it again."""
    reader = received(clinic, post, BUSY, BUSY)
    await reader.read_due()
    clinic.clock.advance(minutes=GIVES_UP.total_seconds() / 60)

    assert await reader.read_due() == 1
    assert states(clinic) == ["lost"]


async def test_one_of_another_channel_waits(clinic: Clinic, post: Post) -> None:
    """For the process that can fetch it."""
    received(clinic, post, filled())
    reader = WorkbookReader(clinic.engine, Proposals(), {"telegram": post}, clinic.clock)

    assert await reader.read_due() == 0
    assert states(clinic) == ["received"]


def test_what_is_proposed_is_taken_once() -> None:
    """And the newest of a member only: nobody confirms what they saw before the last file."""
    proposals, first, second = Proposals(), Proposal(), Proposal()
    proposals.keep(SentWorkbook(1, "m1", "r", "f"), first)
    proposals.keep(SentWorkbook(2, "m1", "r", "f"), second)

    assert proposals.of("m1", 1) is None
    assert proposals.of("m2", 2) is None
    assert proposals.of("m1", 2) is second
    proposals.forget("m1", 2)
    assert proposals.of("m1", 2) is None
