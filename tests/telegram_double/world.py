"""What the double knows: chats, posts, files, taps and the updates that wait for the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Literal

from tests.telegram_double.chats import Chat, Post, post_json, user_json
from tests.telegram_double.refusal import Refusal, bad

KEPT_FOR = timedelta(hours=24)
"""How long an update waits for the bot (Bot API, "Getting updates")."""

TAP_LIVES = timedelta(minutes=15)
"""How long a tap can be answered; Telegram names no number, and answers "query is too old" some time after."""

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""The kinds of update that come only when they are asked for by name."""


@dataclass
class Tap:
    """A button that somebody tapped, and what the bot answered."""

    id: str
    user: int
    at: datetime
    answered: bool = False
    toast: str | None = None
    alert: bool = False


@dataclass
class Waiting:
    """An update that the bot has not confirmed."""

    id: int
    at: datetime
    body: dict[str, Any]


@dataclass
class World:
    """Everything on Telegram's side; ``now`` is its clock, in UTC, and may be replaced at any time."""

    token: str = "7001:AAE-a-token-of-the-double"
    username: str = "tomoshibi_bot"
    now: Callable[[], datetime] = lambda: datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
    download_limit: int = 20 * 1024 * 1024
    upload_limit: int = 50 * 1024 * 1024
    webhook: str | None = None
    chats: dict[int, Chat] = field(default_factory=dict)
    users: dict[int, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    _messages: int = 100
    _updates: int = 5000
    _happened: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def bot_id(self) -> int:
        """Give the bot's own id, the number in front of its token."""
        return int(self.token.split(":")[0])

    def stir(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._happened.set()
        self._happened = asyncio.Event()

    def next_stir(self) -> Coroutine[Any, Any, Literal[True]]:
        """Give what to await until something happens; what happens between this call and the await counts."""
        return self._happened.wait()

    # Chats

    def chat(self, chat_id: int) -> Chat:
        """Give a chat that the bot may know of; raises Refusal."""
        if chat_id not in self.chats:
            raise bad("chat not found")
        return self.chats[chat_id]

    def put(self, chat: Chat, author: int, **parts: Any) -> Post:
        """Put a message into a chat; message ids grow over all chats, as they do in the private chats of a bot."""
        self._messages += 1
        post = Post(id=self._messages, chat=chat.id, author=author, at=self.now(), **parts)
        chat.posts[post.id] = post
        self.stir()
        return post

    def json_of(self, post: Post) -> dict[str, Any]:
        """Give the Bot API's Message for a post."""
        return post_json(post, self.chats[post.chat], self.user(post.author))

    def user(self, user_id: int) -> dict[str, Any]:
        """Give the Bot API's User for a person or for the bot."""
        if user_id == self.bot_id:
            return user_json(user_id, "灯", bot=True) | {"username": self.username}
        return user_json(user_id, self.users[user_id])

    # Files

    def keep(self, name: str, content: bytes) -> dict[str, Any]:
        """Keep a file and give what every kind of file has in the Bot API."""
        file_id = f"BQACAgUAAxk{len(self.files) + 1:04}"
        self.files[file_id] = (name, content)
        return {"file_id": file_id, "file_unique_id": f"AgAD{len(self.files):04}", "file_size": len(content)}

    # Updates

    def tell_bot(self, kind: str, body: dict[str, Any]) -> None:
        """Put an update into the queue, unless the bot said that it wants none of its kind."""
        wanted = kind not in UNASKED if not self.allowed else kind in self.allowed
        if wanted:
            self._updates += 1
            self.waiting.append(Waiting(self._updates, self.now(), {"update_id": self._updates, kind: body}))
        self.stir()

    def confirm(self, offset: int) -> None:
        """Forget the updates below ``offset`` (a negative one: all but the last so many), and those a day old."""
        oldest = self.now() - KEPT_FOR
        if offset < 0:
            self.waiting = self.waiting[offset:]
        self.waiting = [update for update in self.waiting if update.id >= offset and update.at >= oldest]
        self.stir()

    # Taps

    def tap(self, user: int, post: Post, data: str) -> Tap:
        """Let somebody tap a button; the bot hears of it."""
        tap = Tap(id=str(4_000_000_000_000_000_000 + len(self.taps) + 1), user=user, at=self.now())
        self.taps[tap.id] = tap
        body = {
            "id": tap.id,
            "from": self.user(user),
            "message": self.json_of(post),
            "chat_instance": "1",
            "data": data,
        }
        self.tell_bot("callback_query", body)
        return tap

    def open_tap(self, tap_id: str) -> Tap:
        """Give a tap that can still be answered; raises Refusal."""
        tap = self.taps.get(tap_id)
        if tap is None or self.now() - tap.at > TAP_LIVES:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return tap

    def check_token(self, token: str) -> None:
        """Raise the Refusal that a wrong token meets: 404 for what is none, 401 for one that isn't known."""
        if token == self.token:
            return
        number, colon, secret = token.partition(":")
        if colon and number.isdecimal() and secret:
            raise Refusal(HTTPStatus.UNAUTHORIZED, "Unauthorized")
        raise Refusal(HTTPStatus.NOT_FOUND, "Not Found")
