"""A document is made in a process of its own: the same bytes, and it ends when it takes too much."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot.channels.channel import RenderedMessage
from bot.documents.orders import PICTURE, REGISTRY, Order, made
from bot.tending.apart import TookTooMuch
from bot.tending.making_apart import made_apart
from bot.wiring import light
from flows.messages.members import AbsentOn
from flows.messages.reporting import Document
from flows.record.journal import Owed
from tests.clinic import Clinic, Post
from tests.hanging_pandoc import is_gone, pandoc_that_hangs


async def test_it_makes_what_making_here_makes(clinic: Clinic) -> None:
    """A paper, the picture and the registry, byte for byte where there is no time in it."""
    run = await clinic.incident()
    until, path = clinic.home.journal.head().seq, clinic.home.path
    paper = Order("a.pdf", "timeline", "pdf", run.id, "ja", until)
    assert await made_apart(path, paper) == made(clinic.home, paper)
    picture = Order("a.png", PICTURE, "png", run.id, "en", until)
    assert (await made_apart(path, picture)).startswith(b"\x89PNG")
    book = Order("a.xlsx", REGISTRY, "xlsx", today=clinic.clock.now().date())
    assert (await made_apart(path, book)).startswith(b"PK")


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
async def test_one_that_never_ends_is_ended(clinic: Clinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With all that it has started: nobody holds the pipe any more into which Pandoc would write."""
    asked, pipe = pandoc_that_hangs(tmp_path, monkeypatch)
    run = await clinic.incident()
    paper = Order("a.docx", "timeline", "docx", run.id, "ja", clinic.home.journal.head().seq)
    reading, lasts = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), 2.0
    while not asked.exists():  # a busy machine may take longer until Pandoc is asked at all
        lasts *= 2
        with pytest.raises(TookTooMuch):
            await made_apart(clinic.home.path, paper, lasts=lasts)

    await is_gone(reading)


async def test_what_can_not_be_made_is_told_once(clinic: Clinic) -> None:
    """After a second try; whoever asked reads which file it was and that nothing is lost, and others wait for nothing."""
    run = await clinic.incident()
    tried: list[str] = []

    async def takes_too_much(order: Order) -> bytes:
        tried.append(order.name)
        raise TookTooMuch

    post = Post()
    lamp = light(clinic.home, clinic.clock, post, make=takes_too_much)
    await lamp.outbox.flush()
    post.sent.clear()
    until = clinic.home.journal.head().seq
    clinic.owes(
        Owed("terminal:m1", Document("timeline", "pdf", until), run.id, priority=1), Owed("terminal:m1", AbsentOn())
    )
    for _ in range(3):
        await lamp.outbox.flush()

    name = f"{run.id}-timeline-{until}.pdf"
    assert tried == [name, name]
    assert ["お休み" in m.text for m in post.sent] == [True, False]
    assert f"「{name}」を作れませんでした" in post.sent[-1].text
    assert "記録はすべて無事です" in post.sent[-1].text


async def test_nothing_waits_for_a_document(clinic: Clinic, post: Post) -> None:
    """What is owed to the same person, and less urgent, goes out while it is made."""
    run = await clinic.incident()
    lamp = light(clinic.home, clinic.clock, post)
    await lamp.outbox.flush()
    post.sent.clear()
    until = clinic.home.journal.head().seq
    clinic.owes(
        Owed("terminal:m1", Document("timeline", "html", until), run.id, priority=1), Owed("terminal:m1", AbsentOn())
    )
    await lamp.outbox.flush()

    assert [named(m) for m in post.sent] == [None, f"{run.id}-timeline-{until}.html"]


def named(message: RenderedMessage) -> str | None:
    """Give the name of the file that goes with a message."""
    return message.document[0] if message.document is not None else None
