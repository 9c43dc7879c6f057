"""Whatever an update holds, those after it are heard: it is understood, or kept, and never ends the bot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from telegram import User

from bot.channels.channel import Heard
from bot.channels.cleaning import all_writable, writable
from bot.channels.telegram.updates import NotUnderstood, heard_in
from bot.wiring import light
from tests.bot.channels.rig import Rig
from tests.clinic import MORNING, Clinic, Post
from tests.telegram_double import Phone, TelegramDouble

BOT = User(7001, "Tomoshibi", True, username="tomoshibi_bot")
SATO = {"id": 1234, "is_bot": False, "first_name": "佐藤"}
CHAT = {"id": 1234, "type": "private", "first_name": "佐藤"}
MESSAGE: dict[str, Any] = {"message_id": 5, "date": 1806537600, "chat": CHAT, "from": SATO}
SHAPES: tuple[dict[str, Any], ...] = (
    {"message": {**MESSAGE, "text": "患者さんが倒れました"}},
    {"message": {**MESSAGE, "text": "/status@tomoshibi_bot", "reply_to_message": {**MESSAGE, "message_id": 4, "text": "🕒"}}},
    {"edited_message": {**MESSAGE, "edit_date": 1806537660, "text": "9時10分"}},
    {"message": {**MESSAGE, "caption": "画面", "media_group_id": "77", "photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]}},
    {"message": {**MESSAGE, "document": {"file_id": "a", "file_unique_id": "b", "file_name": "名簿.xlsx", "file_size": 9}}},
    {"message": {**MESSAGE, "voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}},
    {"callback_query": {"id": "88", "from": SATO, "chat_instance": "1", "data": "ack|incident-1", "message": MESSAGE}},
    {"my_chat_member": {"chat": CHAT, "from": SATO, "date": 1806537600, "old_chat_member": {"user": SATO, "status": "member"},
                        "new_chat_member": {"user": SATO, "status": "kicked", "until_date": 0}}},
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None,
    "",
    "\ud83d",
    "x" * 5000,
    0,
    -1,
    2**70,
    1.5,
    True,
    [],
    {},
    [None],
    {"id": None},
    "\x00",
    "9" * 40,
)
MANY = 2_000


def mutated(chance: Random, update: dict[str, Any]) -> dict[str, Any]:
    """Give an update in which one to three things are gone or something else than they should be."""
    update = json.loads(json.dumps(update))
    for _ in range(chance.randint(1, 3)):
        place, key = chance.choice([*_places(update)] or [(update, "message")])
        if chance.random() < 0.3:
            place.pop(key) if isinstance(place, list) else place.pop(key, None)
        else:
            place[key] = deepcopy(chance.choice(ODD))
    return update


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if key != "update_id":
            yield value, key
        yield from _places(each)


def acts(seed: int, count: int) -> Iterator[Heard]:
    """Give what is understood of so many mutated updates; the others must be of those that are kept."""
    chance = Random(seed)
    for number in range(count):
        update = mutated(chance, {"update_id": number, **chance.choice(SHAPES)})
        try:
            heard = heard_in(all_writable(update), BOT, MORNING)
        except NotUnderstood:
            continue
        if heard is not None:
            yield heard


async def all_are_taken(clinic: Clinic, seed: int, count: int, mode: str) -> None:
    """Let a member send them all in an incident or a drill: each is answered or kept, and at the end the bot still answers.

    In a group the bot hears nobody, and whoever has left is told nothing.
    """
    await (clinic.incident() if mode == "incident" else clinic.drill())
    post = Post()
    lamp = light(clinic.home, clinic.clock, post)
    understood, silent = 0, list[Heard]()
    for act in acts(seed, count):
        understood += 1
        head, toasts = clinic.home.journal.head(), len(post.toasts)
        address, cause = f"terminal:{clinic.id('reception')}", f"telegram:7001:{understood}"
        await lamp.hear(replace(act, address=address, cause=cause))
        if (
            act.place == "private"
            and not act.left
            and clinic.home.journal.head() == head
            and len(post.toasts) == toasts
        ):
            with clinic.home.journal.writing() as writing:
                silent += [] if writing.has_owed(cause) else [act]
    assert understood > count / 4
    assert silent == []
    assert [kept.trace for kept in clinic.home.journal.unhandled.all()] == []
    assert "対応の責任者" in await clinic.says("nurse", "だれが責任者ですか")


@pytest.mark.parametrize("mode", ["incident", "drill"])
async def test_odd_updates_end_nothing(clinic: Clinic, mode: str) -> None:
    """Two thousand of them, half in a drill: each is understood or kept, and what is understood is taken without a mistake of ours."""
    await all_are_taken(clinic, 1, MANY // 2, mode)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 52))
async def test_very_many_odd_updates_end_nothing(clinic: Clinic, seed: int) -> None:
    """The same with a hundred thousand, in an incident or a drill for each two thousand: in a single one each act took longer than the last."""
    await all_are_taken(clinic, seed, MANY, "drill" if seed % 2 else "incident")


def test_half_a_pair_is_made_writable() -> None:
    """A picture of two halves stays, half of one becomes the sign for what is lost, whatever it stands in."""
    assert writable("直す\ud83d\udd25") == "直す🔥"
    assert all_writable({"a": ["\ud83d", 5, None]}) == {"a": ["\ufffd", 5, None]}


async def test_what_can_not_be_understood_is_kept_and_those_after_it_are_heard(
    rig: Rig, double: TelegramDouble, sato: Phone
) -> None:
    """Its raw text is kept under its number, and it is confirmed."""
    kept = list[tuple[str, str, str]]()
    channel = rig.channel()
    channel.on_odd = lambda *odd: kept.append(odd)
    double.tell_bot("message", {"message_id": 9, "chat": None, "date": 1})
    sato.writes("電子カルテが動きません")
    rig.listens(channel)

    assert [heard.text for heard in await rig.hears(1)] == ["電子カルテが動きません"]
    assert [(cause.split(":")[:3], '"chat": null' in raw) for cause, raw, _ in kept] == [
        (["telegram", "7001", "update"], True)
    ]
