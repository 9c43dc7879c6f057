"""What an update of Telegram's says that a person did."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType
from telegram.helpers import effective_message_type

from bot.channels.channel import Attachment, Heard

ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
"""The kinds of update that are asked for; anything else would only fill the line."""

_ATTACHMENTS = frozenset(kind.value for kind in MessageAttachmentType)

_PLAIN = frozenset(
    {"message_id", "date", "edit_date", "chat", "from", "text", "caption", "media_group_id", "sender_chat"}
)

_log = structlog.get_logger(__name__)

_COMMAND = re.compile(r"(/\w+)@(\w+)")


def heard_in(update: dict[str, Any], bot: User, now: datetime) -> Heard | None:
    """Give what a person did, or None for an update that tells of no act (a pin, a title, somebody else leaving).

    An act is that of whoever did it, not of the chat it came from: what a channel, a bot or an administrator without a name
    has written is nobody's, and so is what somebody else did in a member's own chat. What was forwarded is the act of
    whoever forwarded it.
    ``bot`` is who we are there; ``now`` stands in for the time of a tap, which Telegram doesn't tell. A message with
    parts that the library can't read is heard by what can be read, its attachment being of the kind ``unknown``.
    Raises NotUnderstood, and nothing else, when not even who did something can be read.
    """
    try:
        return _edit_apart(_sound(_read(update, bot, now)), update)
    except Exception as error:  # noqa: BLE001  (whatever is odd about one update, those after it have to be heard)
        _log.error("telegram.unreadable", holds=sorted(update), reason=type(error).__name__)
    try:
        return _edit_apart(_sound(_half_read(update, bot)), update)
    except Exception as error:
        raise NotUnderstood(repr(error)) from error


class NotUnderstood(Exception):
    """An update that says that something was done, and not what or by whom in any way that we know."""


def _sound(heard: Heard | None) -> Heard | None:
    """Look at the kinds of what was read: the library takes a number where a text should stand."""
    if heard is None:
        return None
    file = heard.attachment
    texts = (heard.text, heard.button, heard.album, heard.callback, *((file.file_name, file.reference) if file else ()))
    if any(not isinstance(text, str | None) for text in texts):
        raise TypeError("a text is none")
    if not isinstance(heard.at, datetime):
        raise TypeError("a time is none")
    if not re.fullmatch(r"telegram:-?\d+", heard.address) or (file and not isinstance(file.size, int | None)):
        raise TypeError("a number is none")
    return heard


def _edit_apart(heard: Heard | None, update: dict[str, Any]) -> Heard | None:
    """Tell two edits of one second apart, which is all that their time tells; a redelivered update keeps its number."""
    if heard is None or heard.edited is None:
        return heard
    return replace(heard, cause=f"{heard.cause}.{update.get('update_id')}")


def _is_theirs(user: User | None, chat: Chat | None, speaks_as: Chat | None = None) -> bool:
    """Say whether a person did it, and in their own chat if it is a private one."""
    if (
        speaks_as is not None
        or (user is not None and user.is_bot)
        or (chat is not None and chat.type == ChatType.CHANNEL)
    ):
        return False
    return user is None or chat is None or chat.type != ChatType.PRIVATE or user.id == chat.id


def _read(update: dict[str, Any], bot: User, now: datetime) -> Heard | None:
    read = Update.de_json(update, None)
    if read.callback_query is not None:
        return _tap(read.callback_query, bot, now)
    if read.edited_message is not None:
        return _message(read.edited_message, bot, edited=True)
    if read.message is not None:
        return _message(read.message, bot, edited=False)
    if read.my_chat_member is not None:
        return _leaving(read.my_chat_member, bot)
    return None


def _half_read(update: dict[str, Any], bot: User) -> Heard | None:
    kind = next(kind for kind in (Update.MESSAGE, Update.EDITED_MESSAGE) if kind in update)
    plain = {key: value for key, value in update[kind].items() if key in _PLAIN}
    return _message(Message.de_json(plain, None), bot, edited=kind == Update.EDITED_MESSAGE, unknown=True)


def _tap(tap: CallbackQuery, bot: User, now: datetime) -> Heard | None:
    if not isinstance(tap.data, str):
        return None
    chat = tap.message.chat if tap.message is not None else None
    if not _is_theirs(tap.from_user, chat):
        _log.warning("telegram.not_theirs", what="tap")
        return None
    return Heard(
        address=f"telegram:{chat.id if chat is not None else tap.from_user.id}",
        cause=f"telegram:{bot.id}:{tap.id}",
        at=now,
        button=tap.data,
        message_id=str(tap.message.message_id) if tap.message is not None else None,
        display_name=tap.from_user.full_name,
        place="group" if chat is not None and chat.type != ChatType.PRIVATE else "private",
        callback=tap.id,
    )


def _message(message: Message, bot: User, *, edited: bool, unknown: bool = False) -> Heard | None:
    if not _is_theirs(message.from_user, message.chat, message.sender_chat):
        _log.warning("telegram.not_theirs", what="message")
        return None
    text = message.text if message.text is not None else message.caption
    text = None if text == "" else text  # says as little as none, and would be heard in silence
    attachment = Attachment("other", "", what="unknown") if unknown else _attachment(message)
    group = message.chat.type != ChatType.PRIVATE
    if text is None and attachment is None and not (group and _is_our_arrival(message, bot)):
        return None
    cause = f"telegram:{bot.id}:{message.chat.id}.{message.message_id}"
    at = message.date
    if edited:
        at = message.edit_date or message.date
        cause += f".e{int(at.timestamp())}"
    return Heard(
        address=f"telegram:{message.chat.id}",
        cause=cause,
        at=at,
        text=_without_our_name(text, bot),
        message_id=str(message.message_id),
        replied_to=str(message.reply_to_message.message_id) if message.reply_to_message is not None else None,
        edited=str(message.message_id) if edited else None,
        attachment=attachment,
        album=message.media_group_id,
        display_name=_name(message.from_user, message.chat),
        place="group" if group else "private",
    )


def _leaving(change: ChatMemberUpdated, bot: User) -> Heard | None:
    """A block is an act of its own; a return is not, since a message follows it."""
    if change.new_chat_member.status not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT):
        return None
    return Heard(
        address=f"telegram:{change.chat.id}",
        cause=f"telegram:{bot.id}:{change.chat.id}.left.{int(change.date.timestamp())}",
        at=change.date,
        display_name=_name(change.from_user, change.chat),
        place="private" if change.chat.type == ChatType.PRIVATE else "group",
        left=True,
    )


def _attachment(message: Message) -> Attachment | None:
    kind = str(effective_message_type(message))
    if kind not in _ATTACHMENTS:
        return None
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment("photo", largest.file_id, size=largest.file_size)
    if kind == MessageAttachmentType.DOCUMENT.value and message.document is not None:
        return Attachment("file", message.document.file_id, message.document.file_name, message.document.file_size)
    if spoken := message.voice or message.audio:
        return Attachment("voice", spoken.file_id, getattr(spoken, "file_name", None), spoken.file_size, "voice")
    thing = getattr(message, kind, None)
    return Attachment(
        "other",
        reference=getattr(thing, "file_id", ""),
        file_name=getattr(thing, "file_name", None),
        size=getattr(thing, "file_size", None),
        what=kind,
    )


def _is_our_arrival(message: Message, bot: User) -> bool:
    return bool(message.group_chat_created) or any(member.id == bot.id for member in message.new_chat_members)


def _without_our_name(text: str | None, bot: User) -> str | None:
    """Turn ``/status@OurBot`` into ``/status``; a command to another bot stays as it is."""
    if text is None or bot.username is None:
        return text
    command = _COMMAND.match(text)
    if command is None or command[2].lower() != bot.username.lower():
        return text
    return command[1] + text[command.end() :]


def _name(user: User | None, chat: Chat) -> str:
    return user.full_name if user is not None else chat.effective_name or ""
