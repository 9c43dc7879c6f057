"""The double itself: phones to hand out, trouble to make, and what to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.telegram_double.chats import Chat
from tests.telegram_double.mischief import How, Mischief
from tests.telegram_double.people import Group, Phone
from tests.telegram_double.server import Call, Server


class TelegramDouble(Server):
    """``async with TelegramDouble() as double``: the server is at ``double.url`` until the block ends.

    It lives in the event loop of the test; a bot may run in the same loop, in a thread or in another process.
    """

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    # Who there is

    def person(self, user_id: int, name: str, *, started: bool = False) -> Phone:
        """Give somebody a phone; until the person has written (or has ``started``) the bot can't write to them."""
        self.users[user_id] = name
        self.chats[user_id] = Chat(user_id, name)
        if started:
            self.chats[user_id].shut = None
        return Phone(self, user_id, self.chats[user_id])

    def group(self, chat_id: int, title: str) -> Group:
        """Make a group; the bot is not in it yet. Ids of groups are negative."""
        self.chats[chat_id] = Chat(chat_id, title, group=True, shut="bot is not a member of the group chat")
        return Group(self, self.chats[chat_id])

    # Trouble

    def misbehaves(
        self, method: str, how: How, times: int = 1, *, chat: int | None = None, retry_after: int = 1
    ) -> None:
        """Make trouble with the next ``times`` calls of ``method`` (``*``: any but getUpdates; ``file``: downloads)."""
        self.mischief.append(Mischief(method, how, times, chat, retry_after))

    def goes_down(self) -> None:
        """Cut every connection, open ones too, until ``comes_back``."""
        self.down = True
        self.stir()

    def comes_back(self) -> None:
        """Be reachable again."""
        self.down = False

    # Waiting

    async def until(self, holds: Callable[[], bool], *, within: float = 5.0, what: str = "the condition holds") -> None:
        """Wait until ``holds()``, looked at again whenever something happens here; AssertionError after ``within`` s."""
        try:
            async with asyncio.timeout(within):
                while not holds():
                    await self.next_stir()
        except TimeoutError:
            screens = "\n".join(
                f"- {name}:\n{Phone(self, user, self.chats[user]).described()}" for user, name in self.users.items()
            )
            raise AssertionError(f"{within} s passed before {what}; on the screens:\n{screens}") from None

    async def settled(self, *, within: float = 5.0) -> None:
        """Wait until the bot has confirmed every update, polls for more, and no other call of its is going on."""

        def quiet() -> bool:
            return (
                not self.waiting
                and self.poller is not None
                and all(call.outcome is not None or call.method == "getUpdates" for call in self.calls)
            )

        await self.until(quiet, within=within, what="the bot settled")

    def calls_of(self, method: str, chat: int | None = None) -> list[Call]:
        """Give the calls of one method, in order, to one chat only if named."""
        return [call for call in self.calls if call.method == method and chat in (None, call.chat)]
