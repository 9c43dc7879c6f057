"""Reach, not copies: whoever is on one of their ways gets no copy on another, and what is urgent and unseen goes on."""

from __future__ import annotations

import pytest

from bot.channels.channel import Heard, Traits, Undelivered
from bot.lamp import Lamp
from bot.wiring import light
from flows.commands.facility import SeatAtTerminal
from flows.commands.people import Report
from flows.messages.members import AbsentOff, AbsentOn
from flows.powers import CONSOLE
from flows.record.journal import FACILITY, LATER, URGENT, Owed
from tests.clinic import Clinic, Post

PAGE, PHONE = "page:m3", "telegram:7"


class Ways:
    """Reception, who has a phone and a browser; ``rings`` gives what the phone showed, ``page`` what stands on the page."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic, self.lamps = clinic, list[Lamp]()
        self.phone, self.page = Post("telegram"), Post("page", Traits(rings=False))
        for address in (PHONE, PAGE):
            clinic.orders(SeatAtTerminal(FACILITY, clinic.id("reception"), address), CONSOLE)
        for delivery in clinic.book.unsent():
            clinic.book.supersede(delivery.id)
        self.starts()

    def starts(self) -> None:
        """Start the bot, anew."""
        self.lamp = light(self.clinic.home, self.clinic.clock, self.phone, self.page)

    async def acts(self, address: str, text: str = "/help") -> None:
        """Let reception do something on one of their ways, and send what comes of it."""
        cause = f"{address}:{self.clinic.clock.now()}"
        await self.lamp.hear(Heard(address, cause, self.clinic.clock.now(), text=text))
        await self.lamp.outbox.flush()

    async def sends(self, minutes: float = 0) -> tuple[int, int]:
        """Let time pass, and send what is due; gives how many messages came on the page and on the phone since the last look."""
        self.clinic.clock.advance(minutes=minutes)
        await self.lamp.outbox.flush()
        counts = len(self.page.sent), len(self.phone.sent)
        self.page.sent.clear()
        self.phone.sent.clear()
        return counts

    def owes(self, priority: int = LATER) -> None:
        """Owe them a message."""
        self.clinic.owes(Owed(self.clinic.id("reception"), AbsentOn(), priority=priority))


@pytest.fixture
async def ways(clinic: Clinic) -> Ways:
    """Both ways, with nothing on them."""
    return Ways(clinic)


async def test_before_anybody_did_anything_all_ways_are_taken(ways: Ways) -> None:
    """Nobody knows where they are: both show it."""
    ways.owes()
    assert await ways.sends() == (1, 1)


async def test_who_is_on_the_page_is_not_rung_beside_it(ways: Ways) -> None:
    """What comes while they read there, and they go on, never rings the phone."""
    await ways.acts(PAGE)
    await ways.sends()
    ways.owes()
    assert await ways.sends(1) == (1, 0)
    await ways.acts(PAGE)
    await ways.sends()
    assert await ways.sends(30) == (0, 0)
    assert {one.state for one in ways.clinic.book.of_run(FACILITY) if one.owed.to == PHONE} == {"superseded"}


async def test_the_page_shows_all_to_whoever_looks(ways: Ways) -> None:
    """It rings nobody, so nothing is kept from it, wherever its reader is."""
    await ways.acts(PHONE)
    await ways.sends()
    ways.owes()
    assert await ways.sends() == (1, 1)


async def test_what_is_urgent_and_unseen_goes_on(ways: Ways) -> None:
    """After two minutes without a sign of life it rings; what is not urgent waits until they are taken to have left."""
    await ways.acts(PAGE)
    await ways.sends()
    ways.clinic.clock.advance(minutes=1)
    ways.owes(priority=URGENT)
    ways.clinic.owes(Owed(ways.clinic.id("reception"), AbsentOff(), priority=LATER))
    assert await ways.sends(1.9) == (2, 0)
    assert await ways.sends(0.2) == (0, 1)
    assert await ways.sends(5) == (0, 0)
    assert await ways.sends(2) == (0, 1)


async def test_what_does_not_get_through_where_they_are(ways: Ways) -> None:
    """Refused there, it goes on with the next look; stuck there, after two minutes."""
    await ways.acts(PAGE)
    await ways.sends()
    ways.page.trouble[PAGE] = [Undelivered("refused", "no")]
    ways.owes()
    assert await ways.sends() == (0, 0)
    assert await ways.sends(0.1) == (0, 1)
    ways.page.trouble[PAGE] = [Undelivered("busy", "later", 1.0)] * 9
    ways.owes()
    assert await ways.sends(0.1) == (0, 0)
    assert await ways.sends(2) == (0, 1)


async def test_their_step_is_there_when_they_come_back(ways: Ways) -> None:
    """What stands on the page and may change comes to the phone with their first act there, once, as it stands then."""
    await ways.acts(PAGE)
    ways.clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception")
    await ways.lamp.outbox.flush()
    [step] = ways.clinic.run().open_steps()[:1]
    assert await ways.sends() > (1, 0)
    ways.clinic.clock.advance(minutes=1)
    await ways.acts(PAGE, "はい")
    assert (await ways.sends())[1] == 0
    await ways.acts(PHONE)

    shown = [one.text for one in ways.phone.sent]
    assert step is not None
    assert len(shown) == len(set(shown))
    assert sum("LANの線を抜く" in text for text in shown) == 1


async def test_after_a_start_all_ways_are_taken_again(ways: Ways) -> None:
    """Where people are is known to a process alone; what was seen before stays seen."""
    await ways.acts(PAGE)
    ways.owes()
    await ways.sends(1)
    await ways.acts(PAGE)
    await ways.sends()
    ways.starts()
    assert await ways.sends() == (0, 0)
    ways.owes()
    assert await ways.sends() == (1, 1)
