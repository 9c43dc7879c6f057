"""A stage plays a home without any network: everybody at one keyboard, on a clock that is moved."""

from __future__ import annotations

from pathlib import Path

from bot.channels.channel import Attachment
from tests.bot.test_invitations import invite
from tests.clinic import MORNING, Clinic


async def test_what_one_says_all_see(clinic: Clinic) -> None:
    """A line in, and everything it brings to anybody out, before the next line."""
    await clinic.incident()

    assert {who for who, _ in clinic.seen} == {"director", "deputy", "reception", "nurse"}
    assert clinic.book.unsent() == []


async def test_time_goes_by_a_minute_at_a_time(clinic: Clinic) -> None:
    """What is due after five and after ten minutes comes in its order, each at its own time."""
    await clinic.incident()
    await clinic.passes(10.5)

    assert (clinic.clock.now() - MORNING).total_seconds() == 630
    times = [e.recorded_at.minute for e in clinic.entries("alarm_repeated") if clinic.id("nurse") in e.body]
    assert times == [55, 0]


def test_a_seat_is_an_enrolment(clinic: Clinic) -> None:
    """With a code like anybody's; a second time it changes nothing."""
    code = invite(clinic).code
    member = clinic.stage.seat(code)

    assert clinic.engine.roster().members[-1].id == member
    assert clinic.engine.roster().members[-1].channels == ("terminal",)
    assert clinic.stage.terminal(member) is clinic.stage.terminal(member)
    head = clinic.home.journal.head()
    assert clinic.stage.seat(code) == member
    assert clinic.home.journal.head() == head


async def test_pictures_are_read_from_disk(clinic: Clinic, tmp_path: Path) -> None:
    """A photo that somebody at the stage sends is kept as evidence, bytes and all."""
    (tmp_path / "a.png").write_bytes(b"bytes")
    await clinic.incident()
    await clinic.says("nurse", f"写真 {tmp_path / 'a.png'}")

    (kept,) = clinic.run().evidence.values()
    assert kept.sha256 is not None
    assert str(tmp_path) not in kept.reference
    assert await clinic.stage.fetch(Attachment("photo", kept.reference.removeprefix("terminal:"))) == b"bytes"


async def test_nobody_is_heard_by_itself(clinic: Clinic) -> None:
    """Listening to a stage ends at once: it is spoken to."""

    async def hear(*_: object) -> None:
        raise AssertionError

    await clinic.stage.listen(hear)
