"""What Telegram's errors mean for a message that is owed: try again, when, or never."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import Undelivered

NETWORK_PAUSE = 4.0
"""Seconds before it is tried again after the line, or Telegram, failed: with a connection made anew, people are heard and
spoken to within six seconds after the line is back, and an attempt costs nothing."""

TOKEN_PAUSE = 60.0
"""Seconds before a message is tried again after the token was refused: what is owed stays owed until it is put right."""

_EDIT_LOST = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)
_GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "group chat was deactivated")


def undelivered(error: TelegramError) -> Undelivered:
    """Translate an error of the Bot API.

    ``BadRequest`` is a kind of ``NetworkError`` in python-telegram-bot, so it is looked at first: asking again with the
    same words would fail for ever.
    """
    reason = error.message
    if isinstance(error, RetryAfter):
        return Undelivered("busy", reason, retry_after=seconds_of(error))
    if isinstance(error, Forbidden | ChatMigrated):
        return Undelivered("gone", reason)
    if isinstance(error, InvalidToken):
        return Undelivered("network", reason, retry_after=TOKEN_PAUSE)
    said = reason.lower()
    if isinstance(error, BadRequest):
        if any(sign in said for sign in _EDIT_LOST):
            return Undelivered("edit_lost", reason)
        return Undelivered("gone" if any(sign in said for sign in _GONE) else "refused", reason)
    if "request entity too large" in said:  # 413: more than 50 MB, which no waiting makes smaller
        return Undelivered("refused", reason)
    answered = error.__cause__ is None or isinstance(error.__cause__, TelegramError)  # else it is the HTTP client's
    return Undelivered("busy" if answered else "network", reason, retry_after=NETWORK_PAUSE)


def unfetched(error: TelegramError) -> Undelivered:
    """Translate an error met while an attachment was being fetched.

    A link to a file lives for an hour, and Telegram says "temporarily unavailable" with a 400: both may work the next time.
    """
    if isinstance(error, BadRequest) and "temporarily unavailable" in error.message:
        return Undelivered("network", error.message, retry_after=TOKEN_PAUSE)
    return undelivered(error)


def seconds_of(error: RetryAfter) -> float:
    """Give the wait that Telegram asks for, whichever of its two types python-telegram-bot uses for it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_unchanged(error: BadRequest) -> bool:
    """Say whether an edit was refused only because the message reads like that already."""
    return "message is not modified" in error.message.lower()


def is_broken_html(error: BadRequest) -> bool:
    """Say whether Telegram could not read the marks in a text."""
    return "can't parse entities" in error.message.lower()
