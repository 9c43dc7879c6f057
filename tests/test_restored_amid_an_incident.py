"""The machine dies amid an incident, and the bot goes on from its backup on another one.

What was done before the backup stands; buttons from then go on; what came after it is told to be gone, and none of its
buttons does something else now; whoever is silent is passed over for the deputy, as if nothing had happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.backup.making import make_backup
from bot.backup.recovery_key import key_of
from bot.backup.restoring import restore
from bot.channels.channel import DeliveryReceipt, RenderedMessage
from bot.clock import MovableClock
from bot.demo.stage import Stage
from bot.home import Home
from bot.store.verifying import verify_home
from flows.commands.people import TellPresence
from flows.commands.upkeep import NoteRestore
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.clinic import Clinic, open_clinic

HERE = "whe|incident-1|here"


@dataclass
class Phones:
    """What stands on everybody's phone, whichever machine has sent it: (member, message id, text, buttons)."""

    screens: list[tuple[str, str, RenderedMessage]] = field(default_factory=list)

    def watch(self, stage: Stage) -> None:
        """Take in what a machine sends."""
        deliver = stage.deliver

        async def watched(*messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
            [message] = messages
            receipt = await deliver(message, key=key, answers=answers)
            self.screens.append((message.address.partition(":")[2], receipt.message_id, message))
            return receipt

        stage.deliver = watched  # type: ignore[method-assign]

    def button(self, member: str, begins: str, *, at: int = -1) -> tuple[str, str]:
        """Give a button that begins so on somebody's phone, the newest or the one ``at`` a place: its message, and what it says."""
        found = [
            (number, button.data)
            for to, number, message in self.screens
            if to == member
            for row in message.rows
            for button in row
            if button.data.startswith(begins)
        ]
        return found[at]


@dataclass
class Disaster:
    """A clinic amid a ransomware incident, its last backup, and what was done after it."""

    clinic: Clinic
    phones: Phones
    backup: Path
    after: tuple[str, str]
    """A button that stands under a message which was sent after the backup."""


@pytest.fixture
async def disaster(tmp_path: Path) -> Disaster:
    """The first machine dies a few minutes after its backup."""
    clinic, phones = open_clinic(tmp_path), Phones()
    phones.watch(clinic.stage)
    await clinic.stage.settle()
    run = await clinic.incident()
    clinic.orders(TellPresence(run.id, "here"), "reception")
    await tap(clinic, "nurse", phones.button(clinic.id("nurse"), HERE))
    (tmp_path / "usb").mkdir()
    backup = make_backup(clinic.home.path, tmp_path / "usb", clinic.clock.now()).path
    await clinic.says("reception", "受付のパソコン2台に同じ画面が出ています")
    await tap(clinic, "deputy", phones.button(clinic.id("deputy"), HERE))
    await tap(clinic, "reception", phones.button(clinic.id("reception"), "all|"))
    await clinic.passes(6)  # the director is silent, and called again
    after = phones.button(clinic.id("director"), HERE)
    assert after[0] != phones.button(clinic.id("director"), HERE, at=0)[0]
    clinic.home.close()
    return Disaster(clinic, phones, backup, after)


async def tap(clinic: Clinic, who: str, button: tuple[str, str]) -> str:
    """Let somebody tap a button under the message that it stands under; gives what they are shown."""
    number, data = button
    return await clinic.does(who, button=data, message_id=number)


async def goes_on(disaster: Disaster, folder: Path, **told: Any) -> Clinic:
    """Restore on another machine ten minutes later; the people and their phones are the same."""
    clinic = disaster.clinic
    unpacked = restore(disaster.backup, key_of(clinic.home.path), folder)
    home = Home(folder, clinic.engine.handbook)
    clock = MovableClock(clinic.clock.now())
    clock.advance(minutes=10)
    manifest = unpacked.manifest
    order = NoteRestore(FACILITY, manifest.made_at, manifest.seq, manifest.digest, **told)
    home.engine.handle(order, actor=CONSOLE, now=clock.now(), cause="restored")
    clinic.cast.stage = Stage(home, clock, clinic.show)
    disaster.phones.watch(clinic.stage)
    for member in clinic.cast.members.values():
        clinic.stage.terminal(member)
    return clinic


async def test_it_goes_on(disaster: Disaster, tmp_path: Path) -> None:
    """All of it, from the first message after the restore to the deputy who is woken; the record is whole."""
    clinic = await goes_on(disaster, tmp_path / "new")
    before = len(disaster.phones.screens)
    await clinic.stage.settle()
    told = [to for to, _, message in disaster.phones.screens[before:] if "バックアップから戻しました" in message.text]
    assert sorted(told) == sorted(clinic.cast.members.values())

    run = clinic.run()
    assert run.live
    assert {clinic.id("director"), clinic.id("deputy")}.isdisjoint(run.acknowledged)
    assert clinic.id("nurse") in run.acknowledged

    await clinic.passes(4)
    assert clinic.id("deputy") in clinic.run().asked_to_command
    assert verify_home(tmp_path / "new").findings == ()
    clinic.home.close()


async def test_buttons_of_before_go_on(disaster: Disaster, tmp_path: Path) -> None:
    """A call that came before the backup can be confirmed on the machine after it."""
    clinic = await goes_on(disaster, tmp_path / "new")
    await tap(clinic, "director", disaster.phones.button(clinic.id("director"), HERE, at=0))

    assert clinic.id("director") in clinic.run().acknowledged
    clinic.home.close()


async def test_buttons_of_the_lost_time_do_nothing_else(disaster: Disaster, tmp_path: Path) -> None:
    """What they name by number may be another thing by now: whoever taps one sees how it stands today."""
    clinic = await goes_on(disaster, tmp_path / "new")
    await clinic.stage.settle()
    said = await tap(clinic, "director", disaster.after)

    assert "そのボタンは、もう使えません" in said
    assert clinic.id("director") not in clinic.run().acknowledged
    clinic.home.close()


async def test_todays_screen_goes_on(disaster: Disaster, tmp_path: Path) -> None:
    """Under the message that tells of the restore is the way back in, and from there on everything works."""
    clinic = await goes_on(disaster, tmp_path / "new")
    await clinic.stage.settle()
    reception = clinic.id("reception")
    assert clinic.entries("line_settled") == []
    await tap(clinic, "reception", disaster.phones.button(reception, "now|"))
    await tap(clinic, "reception", disaster.phones.button(reception, "all|"))

    assert {e.actor for e in clinic.entries("line_settled")} == {reception}
    clinic.home.close()


async def test_what_was_confirmed_after_it_is_asked_again(disaster: Disaster, tmp_path: Path) -> None:
    """The deputy's answer is gone: they are called once more, and give it once more."""
    clinic, deputy = await goes_on(disaster, tmp_path / "new"), disaster.clinic.id("deputy")
    calls = len([to for to, _, message in disaster.phones.screens if to == deputy and "🚨" in message.text])
    await clinic.passes(1)
    again = len([to for to, _, message in disaster.phones.screens if to == deputy and "🚨" in message.text])
    assert again > calls
    await tap(clinic, "deputy", disaster.phones.button(deputy, HERE))

    assert deputy in clinic.run().acknowledged
    clinic.home.close()
