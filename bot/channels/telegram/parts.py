"""The messages of Telegram's that one message of ours becomes: its words, its files, its contact card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.channel import Button, RenderedMessage
from bot.channels.telegram.refusals import is_broken_html
from bot.channels.text import CAPTION_LIMIT, fits, pieces, plain

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")

Part = Callable[[], Awaitable[int]]
"""Sends one message and gives its id."""


def parts(bot: Bot, chat: int, message: RenderedMessage) -> tuple[list[Part], int]:
    """Give what is to be sent, in order, and the place of the part that carries the (end of the) text and the buttons.

    Words go below the picture or the document when they fit there and have no buttons: a message with buttons will be
    changed later, and only a message of text can be.
    """
    media = [("photo", message.picture)] if message.picture is not None else []
    media += [("document", message.document)] if message.document is not None else []
    below = bool(media) and not message.rows and fits(message.text, CAPTION_LIMIT)
    texts = pieces(message.text) if message.text and not below else []
    keyboard = _keyboard(message.rows)
    found: list[Part] = []
    for number, (kind, file) in enumerate(media, 1):
        last = number == len(media)
        send_file = partial(_send_file, bot, chat, kind, file, silent=message.silent)
        found.append(
            partial(send_file, message.text if below and last else "", keyboard if last and not texts else None)
        )
    for number, text in enumerate(texts, 1):
        last = number == len(texts)
        found.append(partial(_send_text, bot, chat, text, keyboard if last else None, silent=message.silent))
    shown = max(len(found) - 1, 0)
    if message.contact is not None:
        found.append(partial(_send_contact, bot, chat, message.contact, silent=message.silent))
    return found, shown


async def edit(bot: Bot, chat: int, message_id: int, message: RenderedMessage) -> None:
    """Change the words and the buttons of a message of text in place."""
    change = partial(
        bot.edit_message_text,
        chat_id=chat,
        message_id=message_id,
        reply_markup=_keyboard(message.rows),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    await _in_html_or_plain(lambda words, mode: change(words, parse_mode=mode), message.text)


# Private functions


async def _send_text(bot: Bot, chat: int, html: str, keyboard: InlineKeyboardMarkup | None, *, silent: bool) -> int:
    send = partial(
        bot.send_message,
        chat,
        reply_markup=keyboard,
        disable_notification=silent,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    sent = await _in_html_or_plain(lambda words, mode: send(text=words, parse_mode=mode), html)
    return sent.message_id


async def _send_file(
    bot: Bot,
    chat: int,
    kind: str,
    file: tuple[str, bytes],
    caption: str,
    keyboard: InlineKeyboardMarkup | None,
    *,
    silent: bool,
) -> int:
    name, content = file
    method = bot.send_photo if kind == "photo" else bot.send_document
    send = partial(method, chat, content, filename=name, reply_markup=keyboard, disable_notification=silent)
    sent = await _in_html_or_plain(lambda words, mode: send(caption=words or None, parse_mode=mode), caption)
    return sent.message_id


async def _send_contact(bot: Bot, chat: int, contact: tuple[str, str], *, silent: bool) -> int:
    name, number = contact
    sent = await bot.send_contact(chat, phone_number=number, first_name=name, disable_notification=silent)
    return sent.message_id


async def _in_html_or_plain(say: Callable[[str, ParseMode | None], Awaitable[_T]], html: str) -> _T:
    """Say it with its marks; should Telegram not be able to read them, say the bare words rather than nothing."""
    try:
        return await say(html, ParseMode.HTML)
    except BadRequest as error:
        if not is_broken_html(error):
            raise
        _log.error("telegram.broken_html", reason=error.message)
        return await say(plain(html), None)


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)
