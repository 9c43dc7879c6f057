"""Each law can fail: what breaks it is found."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.store.sqlite.journal import JOURNAL_FILE
from tests.torture.laws import LAWS, Look
from tests.torture.people import REPORTS
from tests.torture.world import World, in_memory


@dataclass(eq=False)
class Quiet(World):
    """A world in which nothing fails, until an incident is under way; what it ``looked`` like, and what its screens led to then."""

    looked: Look | None = None
    without_buttons: tuple[str, ...] = ()

    async def _all(self) -> None:
        for person in self.people:
            person.next_at = float("inf")
        self.people[2].phone.writes(REPORTS[0])
        await self.passes(30)
        self.people[2].phone.taps(self.people[2].phone.from_bot()[-1].labels[0])
        self.people[1].phone.writes("訓練ではない覚え書き")
        await self.passes(120)
        self.looked = here = self.look()
        assert list(here.stuck()) == []
        for chat in self.memory.chats.values():
            for post in chat.posts.values():
                post.keyboard = ()
        self.without_buttons = tuple(here.stuck())


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Quiet:
    """Such a world, which has come to its end; its home is left."""
    world = Quiet(7, tmp_path_factory.mktemp("quiet"), calm=True)
    with asyncio.Runner(loop_factory=in_memory) as runner:
        runner.run(world.plays())
    return world


def held(name: str, look: Look) -> list[str]:
    """Hold one law."""
    return list(LAWS[name][1](look))


def changed(things: Any, number: int, **to: Any) -> list[Any]:
    """Change one of several frozen things."""
    found = list(things)
    found[number] = replace(found[number], **to)
    return found


def _unheard(look: Look) -> Look:
    told = {
        "update_id": 1,
        "message": {
            "message_id": 999999,
            "chat": {"id": 1001, "type": "private"},
            "date": 0,
            "text": "だれにも聞かれなかった",
        },
    }
    return replace(look, confirmed=[*look.confirmed, told])


def _twice(look: Look) -> Look:
    return replace(look, entries=changed(look.entries, -1, cause=look.entries[0].cause))


def _forgotten(look: Look) -> Look:
    return replace(look, live=[*look.live[:-1], "incident-1 state closed"])


def _real(look: Look) -> Look:
    return replace(look, begun=changed(look.begun, -1, drill=True, text="火事です", name="alarm"))


def _elsewhere(look: Look) -> Look:
    return replace(look, begun=changed(look.begun, -1, address="telegram:1"))


def _overtaken(look: Look) -> Look:
    return replace(look, begun=changed(look.begun, -1, more_urgent=(look.deliveries[0].id,)))


def _late(look: Look) -> Look:
    number = next(i for i, due in enumerate(look.dues) if due.duty.owed and due.duty.owed.last_day)
    return replace(look, dues=changed(look.dues, number, known_at=look.dues[number].known_at - timedelta(days=30)))


def _cut(look: Look) -> Look:
    return replace(look, posted=[f"🔏 {look.entries[-1].seq}\n{'0' * 64}"])


def _skipped(look: Look) -> Look:
    last = look.entries[-1]
    return replace(look, entries=[*look.entries, replace(last, seq=last.seq + 1, run="incident-1", kind="closed")])


def _unsent(look: Look) -> Look:
    old = look.at - timedelta(hours=1)
    return replace(look, deliveries=changed(look.deliveries, 0, state="owed", owed_at=old))


def _kept_back(look: Look) -> Look:
    return replace(look, unhandled=frozenset({"telegram:7001:1.1"}))


def _unproved(look: Look) -> Look:
    """Take for an entry what nothing proves: a message that was owed."""
    owed = next(d for d in look.deliveries if d.owed.name == "alarm")
    with sqlite3.connect(look.home / JOURNAL_FILE) as file:
        file.execute("UPDATE deliveries SET last_error = ? WHERE id = ?", ["what nobody proves" * 3, owed.id])
    return replace(look, entries=[replace(look.entries[0], body="what nobody proves" * 3)])


def _altered(look: Look) -> Look:
    with sqlite3.connect(look.home / JOURNAL_FILE) as file:
        file.execute("DROP TRIGGER journal_refuses_update")
        file.execute("UPDATE journal SET body = replace(body, '電子', '電気') WHERE kind = 'reported'")
    return look


BREAKS: dict[str, Callable[[Look], Look]] = {
    "heard": _unheard,
    "once": _twice,
    "replayed": _forgotten,
    "drill_is_a_drill": _real,
    "to_its_reader": _elsewhere,
    "urgent_first": _overtaken,
    "deadline_of_law": _late,
    "sealed_is_a_prefix": _cut,
    "mandatory_is_done": _skipped,
    "owed_is_sent": _unsent,
    "no_bug": _kept_back,
    "flips_are_found": _unproved,
    "verifiers_agree": _altered,
}
"""What breaks each law; those that change the home come last."""


@pytest.mark.parametrize("name", BREAKS)
def test_a_law_that_is_broken_is_found(quiet: Quiet, name: str) -> None:
    """It holds as things were, and is broken by what breaks it."""
    assert quiet.looked is not None
    assert held(name, quiet.looked) == []
    assert held(name, BREAKS[name](quiet.looked)) != []


def test_a_dead_end_is_found(quiet: Quiet) -> None:
    """An incident in which no screen has a button any more."""
    assert [line for line in quiet.without_buttons if line.startswith("incident-1")]


def test_no_law_goes_untried() -> None:
    """Each stands here with what breaks it."""
    assert set(LAWS) - set(BREAKS) == {"a_way_on"}


def test_each_law_says_what_it_is() -> None:
    """In one sentence at least, which is what is shown to whoever broke it."""
    assert [name for name, (_, law) in LAWS.items() if not (law.__doc__ or "").strip().endswith(".")] == []
