"""Telegram: hears by polling, speaks by messages that may be edited; keeps nothing and decides nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
import telegram
from telegram import BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.channel import (
    Attachment,
    DeliveryReceipt,
    Hear,
    Heard,
    Rate,
    Rates,
    RenderedMessage,
    Traits,
    Undelivered,
)
from bot.channels.telegram.line import TelegramLine
from bot.channels.telegram.parts import edit, parts
from bot.channels.telegram.refusals import NETWORK_PAUSE, is_unchanged, seconds_of, undelivered, unfetched
from bot.channels.telegram.updates import ALLOWED, NotUnderstood, heard_in
from bot.channels.text import fits
from bot.phrasing import in_all, phrase
from bot.store.trouble import StorageTrouble
from playbooks.texts import LANGUAGES, Language

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes; the Bot API gives nothing larger to a bot (getFile)."""

TOAST_LIMIT = 200
"""Characters in the answer to a tap (answerCallbackQuery)."""

OVERALL = Rate(15, 0.5)
"""Telegram stops a bot that sends more than 30 messages in a second (Bots FAQ, "My bot is hitting limits"); in halves, so
that what is urgent finds room in half a second at most."""

CHAT, GROUP = Rate(3, 3.0), Rate(20, 60.0)
"""One a second to a chat, with a short burst; 20 a minute to a group (the same)."""

QUIET = 2.0
"""Seconds that a chat has been silent before a board is changed in it."""

RESUMED_FOR = timedelta(minutes=5)
"""How long it is remembered that a message of several parts stopped half-way, so that only the rest is sent again."""

STORAGE_PAUSES = (0.5, 15.0)
NETWORK_PAUSES = (1.0, NETWORK_PAUSE)
CONFLICT_PAUSE = 30.0
"""Seconds: the first and the longest pause while nothing can be stored or reached, and the one beside a second poller."""

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")


class TokenRefused(Exception):
    """Telegram doesn't know the bot's token; asking again would not help. The text tells the cure."""

    def __init__(self) -> None:
        super().__init__(in_all(phrase("living.token_refused")))


class Telegram:
    """The channel ``telegram``; addresses are ``telegram:<chat id>``.

    ``api_url`` is a self-hosted Bot API server (or a test double) instead of Telegram's own. ``commands`` is the menu of
    commands, as (name without slash, description), for each language; Japanese is what all others see. ``patience`` is
    how many seconds an answer may take, ``poll_for`` how many the server may hold a poll open. ``now`` gives the time of
    a tap, in UTC. ``on_name`` may be set to be told the bot's name, and ``on_odd`` to keep what can't be
    understood. ``request`` makes what carries calls otherwise than over HTTP. Raises TokenRefused for what can't be a token.
    """

    name = reaches = "telegram"

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], datetime],
        api_url: str | None = None,
        commands: Mapping[Language, Sequence[tuple[str, str]]] | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        patience: float = 20.0,
        poll_for: int = 50,
        request: Callable[[], BaseRequest] | None = None,
    ) -> None:
        if not _TOKEN.fullmatch(token):
            raise TokenRefused
        self._line = TelegramLine(token, api_url, patience, now, request)
        self._bot = self._line.bot
        self._now, self._sleep, self._poll_for = now, sleep, poll_for
        self._commands = commands or {}
        self.on_name: Callable[[str | None], object] = lambda _: None
        self.on_odd: Callable[[str, str, str], object] = lambda *_: None
        self.traits = Traits(rates=Rates(OVERALL, _rates_of_chat, self._size, QUIET))
        self._begun: dict[RenderedMessage, tuple[datetime, list[int]]] = {}

    async def listen(self, hear: Hear) -> None:
        """Hear until cancelled; raises TokenRefused when Telegram doesn't know the token.

        Those that wait are heard together. They are confirmed by asking for those after them, which is done once
        ``hear`` came back. What was not confirmed comes again, to this process or to the next one, for 24 hours.
        """
        me = await self._open()
        offset: int | None = None
        troubles = 0
        while True:
            updates = await self._reached(partial(self._line.updates, offset, self._poll_for, ALLOWED))
            heard = list[Heard]()
            try:
                heard += self._understood(updates, me)
                if heard:
                    await hear(*heard)
            except StorageTrouble as trouble:
                pause = _grown(troubles, STORAGE_PAUSES)
                troubles += 1
                _log.error("telegram.not_stored", causes=[act.cause for act in heard], reason=str(trouble), pause=pause)
                await self._sleep(pause)
                continue  # the next poll brings them again
            troubles = 0
            offset = updates[-1]["update_id"] + 1 if updates else offset

    def _understood(self, updates: Iterable[dict[str, Any]], me: telegram.User) -> Iterator[Heard]:
        for update in updates:
            try:
                act = heard_in(update, me, self._now())
            except NotUnderstood as odd:
                self.on_odd(f"telegram:{me.id}:update:{update['update_id']}", json.dumps(update), str(odd))
            else:
                if act is not None:
                    yield act

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show a message, or change one in place; raises Undelivered.

        The receipt names the message that carries the (end of the) text and the buttons. When one of several parts
        fails, the same message, delivered again within RESUMED_FOR, goes on from that part.
        """
        [message] = messages
        chat = _chat(message.address)
        if message.replaces is not None:
            return await self._edit(chat, message.replaces, message)
        steps, shown = parts(self._bot, chat, message)
        if not steps:
            raise Undelivered("refused", "the message has neither words nor anything else")
        started, sent = self._begun.pop(message, (self._now(), []))
        if self._now() - started > RESUMED_FOR:
            sent = []
        try:
            for step in steps[len(sent) :]:
                sent.append(await step())
        except TelegramError as error:
            self._remember(message, sent)
            raise self._scrubbed(undelivered(error)) from None
        return DeliveryReceipt((str(sent[shown]),))

    async def answer(self, heard: Heard, toast: str) -> None:
        """Give a tap its short answer, or only end its spinner when ``toast`` is empty; raises Undelivered."""
        if heard.callback is None:
            return
        words = toast if len(toast) <= TOAST_LIMIT else toast[: TOAST_LIMIT - 1] + "…"
        try:
            await self._bot.answer_callback_query(heard.callback, text=words)
        except TelegramError as error:
            raise self._scrubbed(undelivered(error)) from None

    async def retract(self, heard: Heard) -> None:
        """Take away what somebody wrote: a bot may in a private chat, for 48 hours (deleteMessage); raises Undelivered."""
        try:
            await self._bot.delete_message(_chat(heard.address), int(heard.message_id or 0))
        except TelegramError as error:
            raise self._scrubbed(undelivered(error)) from None

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring an attachment's bytes, at most DOWNLOAD_LIMIT of them; raises Undelivered."""
        if attachment.size is not None and attachment.size > DOWNLOAD_LIMIT:
            raise Undelivered("refused", f"the file has {attachment.size} bytes, a bot may fetch {DOWNLOAD_LIMIT}")
        try:
            file = await self._bot.get_file(attachment.reference)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise self._scrubbed(unfetched(error)) from None

    def silent_for(self) -> float:
        """Give for how many seconds the server has answered nothing; a poll is held open for ``poll_for``."""
        return asyncio.get_running_loop().time() - self._line.answered_at

    def ahead(self) -> timedelta | None:
        """Give how far our clock is ahead of the server's."""
        return self._line.ahead

    async def close(self) -> None:
        """Let go of the connections; nothing can be heard or delivered afterwards."""
        await self._line.close()

    # Hearing

    async def _open(self) -> telegram.User:
        me = await self._reached(self._bot.get_me)
        self.on_name(me.username)
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:  # if one is set, the first poll meets a conflict and takes it away
            _log.warning("telegram.webhook_kept", reason=self._line.scrub(error.message))
        for language, commands in self._commands.items():
            try:
                await self._bot.set_my_commands(
                    commands,
                    scope=BotCommandScopeAllPrivateChats(),
                    language_code=None if language == LANGUAGES[0] else language,
                )
            except TelegramError as error:  # a menu is a convenience: without it everything can still be typed
                _log.warning("telegram.no_menu", language=language, reason=self._line.scrub(error.message))
        _log.info("telegram.listening", bot=me.username)
        return me

    async def _reached(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Ask until there is an answer, more and more slowly; raises TokenRefused."""
        failures = 0
        while True:
            try:
                return await ask()
            except InvalidToken:
                # its cause is left out: python-telegram-bot may have put the token in it
                raise TokenRefused from None
            except Conflict as error:
                pause = CONFLICT_PAUSE
                _log.warning("telegram.second_poller", reason=self._line.scrub(error.message), pause=pause)
                if "webhook" in error.message.lower():
                    await self._reached(self._bot.delete_webhook)
            except RetryAfter as error:
                pause = seconds_of(error)
                _log.warning("telegram.told_to_wait", pause=pause)
            except TelegramError as error:
                pause = _grown(failures, NETWORK_PAUSES)
                failures += 1
                _log.warning("telegram.unreachable", reason=self._line.scrub(error.message), pause=pause)
            await self._sleep(pause)

    # Speaking

    def _size(self, message: RenderedMessage) -> int:
        return 1 if message.replaces is not None else len(parts(self._bot, 0, message)[0])

    async def _edit(self, chat: int, replaced: str, message: RenderedMessage) -> DeliveryReceipt:
        if not fits(message.text):
            raise Undelivered("edit_lost", "the new text doesn't fit in one message")
        if not replaced.isdecimal():
            raise Undelivered("edit_lost", f"{replaced} is no message on Telegram")
        try:
            await edit(self._bot, chat, int(replaced), message)
        except TelegramError as error:
            if not (isinstance(error, BadRequest) and is_unchanged(error)):
                raise self._scrubbed(undelivered(error)) from None
        return DeliveryReceipt((replaced,))

    def _remember(self, message: RenderedMessage, sent: list[int]) -> None:
        now = self._now()
        self._begun = {begun: (at, ids) for begun, (at, ids) in self._begun.items() if now - at <= RESUMED_FOR}
        if sent:
            self._begun[message] = (now, sent)

    def _scrubbed(self, failure: Undelivered) -> Undelivered:
        failure.reason = self._line.scrub(failure.reason)
        return failure


# Private functions


async def ahead_of_telegram(
    token: str, api_url: str | None, now: Callable[[], datetime], patience: float = 10.0
) -> timedelta | None:
    """Ask Telegram once; gives how far our clock is ahead of its own. Raises TokenRefused or Undelivered."""
    if not _TOKEN.fullmatch(token):
        raise TokenRefused
    line = TelegramLine(token, api_url, patience, now)
    try:
        await line.bot.get_me()
        return line.ahead
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError as error:
        raise Undelivered("network", line.scrub(error.message), 1.0) from None
    finally:
        await line.close()


def _chat(address: str) -> int:
    channel, _, chat = address.partition(":")
    if channel != Telegram.name or not chat.lstrip("-").isdecimal():
        raise Undelivered("refused", f"{address} is no address on Telegram")
    return int(chat)


def _rates_of_chat(address: str) -> tuple[Rate, ...]:
    """Ids of groups are negative."""
    return (CHAT, GROUP) if ":-" in address else (CHAT,)


def _grown(failures: int, pauses: tuple[float, float]) -> float:
    """Double the first pause with each failure, up to the longest."""
    first, longest = pauses
    return min(longest, first * float(2 ** min(failures, 16)))
