"""What stands in a chat, and who is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.telegram_double.entities import Entity
from tests.telegram_double.parameters import Keyboard
from tests.telegram_double.refusal import bad, forbidden


@dataclass
class Post:
    """One message in a chat; ``author`` is a user's id, ``media`` the parts of Telegram's Message that are no text."""

    id: int
    chat: int
    author: int
    at: datetime
    kind: str = "text"
    text: str = ""
    marks: tuple[Entity, ...] = ()
    keyboard: Keyboard = ()
    silent: bool = False
    edited: datetime | None = None
    reply_to: int | None = None
    album: str | None = None
    media: dict[str, Any] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None
    pinned: bool = False
    earlier_keyboards: list[Keyboard] = field(default_factory=list)


@dataclass
class Chat:
    """A private chat with a person, or a group; ``shut`` is Telegram's reason why the bot can't write there."""

    id: int
    title: str
    group: bool = False
    shut: str | None = "bot can't initiate conversation with a user"
    posts: dict[int, Post] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give the Bot API's Chat."""
        if self.group:
            return {"id": self.id, "type": "group", "title": self.title}
        return {"id": self.id, "type": "private", "first_name": self.title}

    def check_open(self) -> Chat:
        """Give the chat back, if the bot may write there; raises Refusal."""
        if self.shut is not None:
            raise forbidden(self.shut)
        return self

    def post(self, message_id: int, missing: str) -> Post:
        """Give a message that stands here; ``missing`` is what Telegram says if there is none."""
        if message_id not in self.posts:
            raise bad(missing)
        return self.posts[message_id]


def user_json(user_id: int, name: str, *, bot: bool = False) -> dict[str, Any]:
    """Give the Bot API's User."""
    return {"id": user_id, "is_bot": bot, "first_name": name} | ({} if bot else {"language_code": "ja"})


def post_json(post: Post, chat: Chat, author: dict[str, Any]) -> dict[str, Any]:
    """Give the Bot API's Message."""
    found: dict[str, Any] = {
        "message_id": post.id,
        "date": int(post.at.timestamp()),
        "chat": chat.as_json(),
        "from": author,
    } | post.media
    if post.text:
        found["text" if post.kind == "text" else "caption"] = post.text
        if post.marks:
            found["entities" if post.kind == "text" else "caption_entities"] = [mark.as_json() for mark in post.marks]
    if post.edited is not None:
        found["edit_date"] = int(post.edited.timestamp())
    if post.album is not None:
        found["media_group_id"] = post.album
    if post.keyboard:
        found["reply_markup"] = {"inline_keyboard": [list(row) for row in post.keyboard]}
    if post.reply_to is not None and post.reply_to in chat.posts:
        replied = chat.posts[post.reply_to]
        found["reply_to_message"] = {
            "message_id": replied.id,
            "date": int(replied.at.timestamp()),
            "chat": chat.as_json(),
            "text": replied.text,
        }
    return found
