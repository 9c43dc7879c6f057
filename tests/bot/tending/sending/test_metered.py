"""On a channel that counts: what answers is free, what presses nobody waits for company, nothing is lost and nothing said twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.channel import Heard, Undelivered
from bot.channels.terminal import plain
from bot.demo import play as playing
from bot.demo.play import Play, demo_start, open_demo
from bot.tending.sending.outbox import Outbox
from bot.wiring import light
from flows.messages.hearing import AlreadyEnrolled, CodeExpired, CodeUnknown, CodeUsed, Group, SeeBot, Stranger
from flows.messages.message import Message
from flows.record.journal import FACILITY, LATER, NEXT, URGENT, Owed
from tests.clinic import MORNING, Clinic, ended
from tests.metered import Metered, OnMetered
from tests.virtual_time import in_virtual_time

AT = "metered:x"
SIX: tuple[Message, ...] = (Stranger(), Group(), CodeUnknown(), CodeUsed(), CodeExpired(), AlreadyEnrolled())


async def test_a_whole_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ransomware, from the first message to the seal: four people, at most sixty counted deliveries; all that is new arrives, once."""
    monkeypatch.setattr(playing, "Stage", OnMetered)
    cast = open_demo(tmp_path, demo_start(MORNING), lambda *_: None, channel="metered")
    stage = cast.stage
    assert isinstance(stage, OnMetered)
    run = await Play(cast, tmp_path, lambda *_: None).play("ransomware")
    side, book = stage.other_side, stage.home.journal.deliveries
    owed = [one for at in (run.id, FACILITY) for one in book.of_run(at)]
    stage.home.close()

    assert run.state == "closed"
    assert sum(side.metered.values()) <= 60
    assert [(one.owed.name, one.state) for one in owed if one.state != "sent" and not one.owed.edits] == []
    assert [one.owed.name for one in owed if one.state in ("owed", "sending", "failed")] == []
    assert len(side.shown) == sum(one.state == "sent" for one in owed)
    assert sum(side.free.values()) > len(side.shown) / 3
    for at in side.metered:
        texts = [(plain(one.text), one.rows) for one in side.to(at)]
        assert [text for text, after in pairwise(texts) if text == after] == []


@dataclass
class Post:
    """A bot that reaches somebody nobody knows over the channel; each message of ``TEXTS`` reads otherwise."""

    clinic: Clinic
    side: Metered
    outbox: Outbox

    def owes(self, *messages: Message, priority: int = LATER) -> None:
        """Owe them messages."""
        self.clinic.owes(*(Owed(AT, message, priority=priority) for message in messages))

    def does(self) -> None:
        """Let them do something."""
        act = Heard(AT, f"metered:act-{len(self.side.shown)}-{self.clinic.clock.now()}", self.clinic.clock.now())
        self.side.may_be_answered(act)
        self.outbox.heard(act)

    async def sends(self, minutes: float = 0) -> tuple[int, int, int]:
        """Let time pass and send what is to go; gives what was counted, what was free, and the messages shown so far."""
        self.clinic.clock.advance(minutes=minutes)
        await self.outbox.flush()
        return self.side.metered[AT], self.side.free[AT], len(self.side.shown)

    def states(self) -> Counter[str]:
        """Count what became of what was owed."""
        return Counter(one.state for one in self.clinic.book.of_run(FACILITY) if one.owed.to == AT)


def made(clinic: Clinic) -> Post:
    """Make it, with nothing owed so far."""
    for delivery in clinic.book.unsent():
        clinic.book.supersede(delivery.id)
    side = Metered(clinic.clock.now)
    return Post(clinic, side, light(clinic.home, clinic.clock, side).outbox)


@pytest.fixture
def post(clinic: Clinic) -> Post:
    """A bot with nothing owed so far."""
    return made(clinic)


async def test_what_presses_nobody_waits_for_company(post: Post) -> None:
    """It goes with what calls, else after ten minutes, all of it as one delivery."""
    post.owes(Stranger(), Group())
    assert await post.sends(9) == (0, 0, 0)
    post.owes(SeeBot(), priority=URGENT)
    assert await post.sends() == (1, 0, 3)
    assert post.side.shown[0].text.startswith("【")
    post.owes(Stranger())
    assert await post.sends(9.9) == (1, 0, 3)
    assert await post.sends(0.2) == (2, 0, 4)


async def test_an_answer_is_free_once(post: Post) -> None:
    """Whatever waits goes along, five messages at most; what is left waits for company again, and a minute later nothing is free."""
    post.owes(*SIX)
    post.does()
    assert await post.sends() == (0, 1, 5)
    assert await post.sends() == (0, 1, 5)
    post.does()
    assert await post.sends(0.9) == (0, 2, 6)
    post.does()
    post.owes(Stranger())
    assert await post.sends(1.1) == (0, 2, 6)


async def test_an_act_that_can_not_be_answered_any_more(post: Post) -> None:
    """The channel says that it is too late: what presses goes as our own, the rest waits; each is said once."""
    post.outbox.heard(Heard(AT, "metered:unknown", post.clinic.clock.now()))
    post.owes(Stranger())
    assert await post.sends() == (0, 0, 0)
    assert await post.sends() == (0, 0, 0)
    post.owes(SeeBot(), priority=NEXT)
    assert await post.sends() == (1, 0, 2)
    assert post.states() == {"sent": 2}


async def test_a_delivery_whose_end_nobody_heard(post: Post) -> None:
    """It goes again under its key, and the channel shows it once; what has come since goes by itself."""
    post.side.unheard = [Undelivered("network", "timed out", 1.0)]
    post.owes(Stranger(), Group(), priority=URGENT)
    assert await post.sends() == (1, 0, 2)
    assert post.states() == {"owed": 2}
    post.owes(SeeBot(), priority=URGENT)
    assert await post.sends() == (2, 0, 3)
    assert post.states() == {"sent": 3}


@in_virtual_time
async def test_a_process_that_ends_in_the_middle(clinic: Clinic) -> None:
    """What was in hand is sent again under its key by the next one: nothing is lost, and nothing said twice."""
    post = made(clinic)
    post.side.unheard = [asyncio.CancelledError()]
    post.owes(Stranger(), Group(), priority=URGENT)
    with pytest.raises(asyncio.CancelledError):
        await post.outbox.flush()
    assert (len(post.side.shown), post.states()) == (2, {"sending": 2})
    post.owes(SeeBot(), priority=URGENT)
    running = asyncio.create_task(light(clinic.home, clinic.clock, post.side).outbox.run())
    await asyncio.sleep(3)
    await ended(running)

    assert (len(post.side.shown), post.side.metered[AT], post.states()) == (3, 2, {"sent": 3})


async def test_a_message_that_is_refused_among_others(post: Post) -> None:
    """Each is tried alone then: the others arrive, and that one is given up with its reason."""
    post.owes(*SIX[:3], priority=URGENT)
    post.side.trouble = [Undelivered("refused", "one of them is wrong"), Undelivered("refused", "it is this")]
    await post.sends()
    assert await post.sends() == (2, 0, 2)
    [failed] = [one for one in post.clinic.book.of_run(FACILITY) if one.owed.to == AT and one.state == "failed"]
    assert (failed.last_error, post.states()) == ("it is this", {"sent": 2, "failed": 1})


async def test_when_no_more_is_counted(post: Post) -> None:
    """Nothing goes by itself until the channel takes it again, but for answers; nothing of it is lost."""
    post.side.quota = 0
    post.owes(Stranger(), priority=URGENT)
    assert await post.sends() == (0, 0, 0)
    post.owes(Group(), priority=URGENT)
    assert await post.sends(30) == (0, 0, 0)
    post.does()
    assert await post.sends() == (0, 1, 2)
    post.owes(SeeBot(), priority=URGENT)
    post.side.quota = 5
    assert await post.sends(20) == (0, 1, 2)
    assert await post.sends(15) == (1, 1, 3)
