"""The double keeps what Telegram keeps, fails as the line fails, and shows what people see."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.telegram_double import Phone, TelegramDouble
from tests.telegram_double.client import Client, keyboard, said_by

NOW = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)


async def test_a_tap_is_answered_while_it_is_fresh(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """A toast reaches the phone; one too long, for an unknown tap or for an old one is refused."""
    await client.gets(
        "sendMessage", chat_id=1234, text="?", reply_markup=keyboard({"text": "はい", "callback_data": "y"})
    )
    tap = sato.taps("はい")
    assert (
        await client.refusal("answerCallbackQuery", callback_query_id=tap, text="あ" * 201)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    await client.gets("answerCallbackQuery", callback_query_id=tap, text="受け取りました")
    assert sato.toasts == ["受け取りました"]

    double.now = lambda: NOW + timedelta(minutes=16)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert too_old == await client.refusal("answerCallbackQuery", callback_query_id=tap)
    assert too_old == await client.refusal("answerCallbackQuery", callback_query_id="1")


async def test_only_what_is_on_the_screen_can_be_tapped(client: Client, sato: Phone) -> None:
    """A missing button fails the test with the screen; a link reaches no bot; a button edited away can still be caught."""
    sent = await client.gets(
        "sendMessage",
        chat_id=1234,
        text="選んでください",
        reply_markup=keyboard({"text": "古い", "callback_data": "o"}, {"text": "頁", "url": "https://example.org"}),
    )
    with pytest.raises(AssertionError, match=r"no button \[ない\][\s\S]*選んでください \[古い\] \[頁\]"):
        sato.taps("ない")
    with pytest.raises(AssertionError, match="is a link to https"):
        sato.taps("頁")
    await client.gets("editMessageText", chat_id=1234, message_id=sent["message_id"], text="済")
    with pytest.raises(AssertionError, match="no button"):
        sato.taps("古い")
    sato.taps_on(sent["message_id"], "古い")

    assert [update.body["callback_query"]["data"] for update in double_of(sato).waiting] == ["o"]


async def test_unconfirmed_updates_come_again(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Updates are told again until a poll asks for later ones; then they are forgotten."""
    sato.writes("一")
    sato.writes("二")
    first, second = await client.gets("getUpdates")
    assert [first, second] == await client.gets("getUpdates")
    assert [second] == await client.gets("getUpdates", offset=second["update_id"])
    assert [second] == await client.gets("getUpdates", offset=first["update_id"])
    assert await client.gets("getUpdates", offset=second["update_id"] + 1) == []
    assert double.waiting == []


async def test_updates_wait_for_a_day(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """What was not fetched within 24 hours is lost."""
    sato.writes("一")
    double.now = lambda: NOW + timedelta(hours=24, seconds=1)

    assert await client.gets("getUpdates") == []


async def test_only_the_kinds_asked_for_are_kept(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Allowed_updates holds for what happens after it was said, and until it is said otherwise."""
    await client.gets("getUpdates", allowed_updates=["callback_query"])
    sato.writes("一")
    assert await client.gets("getUpdates") == []
    await client.gets("getUpdates", allowed_updates=["message"])
    sato.writes("二")

    assert [update["message"]["text"] for update in await client.gets("getUpdates")] == ["二"]


async def test_a_poll_waits_for_news(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """A long poll is answered when something happens, not before and not much later."""
    poll = asyncio.create_task(client.gets("getUpdates", timeout=30))
    await double.until(lambda: double.poller is not None)
    assert not poll.done()
    sato.writes("一")

    assert [update["message"]["text"] for update in await poll] == ["一"]


async def test_a_second_poll_ends_the_first(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Of two pollers the older one is told that there is another."""
    older = asyncio.create_task(client.ask("getUpdates", timeout=30))
    await double.until(lambda: double.poller is not None)
    held = double.poller
    newer = asyncio.create_task(client.gets("getUpdates", timeout=30))
    await double.until(lambda: double.poller is not held)
    status, body = await older
    sato.writes("一")

    assert status == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    assert len(await newer) == 1


async def test_a_webhook_stands_in_the_way_of_polling(client: Client, double: TelegramDouble) -> None:
    """While a webhook is set a poll is refused; deleteWebhook clears the way."""
    double.webhook = "https://example.org/hook"
    assert "webhook is active" in await client.refusal("getUpdates")
    await client.gets("deleteWebhook")

    assert await client.gets("getUpdates") == []


async def test_it_misbehaves_as_often_as_it_was_told(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """429 and 500 come for the named calls only, in the named chat only; nothing is done for those."""
    double.person(5678, "鈴木", started=True)
    double.misbehaves("sendMessage", "429", times=1, chat=1234, retry_after=7)
    assert await _outcome(client, 5678) == "sent"
    status, body = await client.ask("sendMessage", chat_id=1234, text="a")
    assert (status, body["parameters"]) == (429, {"retry_after": 7})
    assert await _outcome(client, 1234) == "sent"
    double.misbehaves("*", "500")
    assert said_by(await client.ask("getMe")) == (500, "Internal Server Error")

    assert len(sato.screen()) == 1
    assert [call.outcome for call in double.calls_of("sendMessage")] == ["ok", "Too Many Requests: retry after 7", "ok"]


async def test_it_cuts_the_line_and_keeps_waiting(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Cut before or held, the work is or isn't done as the name says; the one who called sees no answer at all."""
    for how, done in (("drop_before", 0), ("drop_after", 1)):
        double.misbehaves("sendMessage", how)  # type: ignore[arg-type]
        with pytest.raises(httpx.RemoteProtocolError):
            await client.ask("sendMessage", chat_id=1234, text="a")
        assert done == len(sato.screen())
    client.http.timeout = httpx.Timeout(0.1)
    for how, done in (("timeout", 1), ("timeout_after", 2)):
        double.misbehaves("sendMessage", how)  # type: ignore[arg-type]
        with pytest.raises(httpx.ReadTimeout):
            await client.ask("sendMessage", chat_id=1234, text="a")
        assert done == len(sato.screen())


async def test_it_goes_down_and_comes_back(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Down, it cuts an open poll and every new call; back, it has forgotten nothing."""
    poll = asyncio.create_task(client.ask("getUpdates", timeout=30))
    await double.until(lambda: double.poller is not None)
    double.goes_down()
    with pytest.raises(httpx.TransportError):
        await poll
    with pytest.raises(httpx.TransportError):
        await client.ask("getMe")
    sato.writes("一")
    double.comes_back()

    assert len(await client.gets("getUpdates")) == 1


async def test_a_wait_that_fails_shows_the_screens(double: TelegramDouble, sato: Phone) -> None:
    """What was waited for and what everybody sees stand in the failure."""
    sato.writes("助けて")
    with pytest.raises(AssertionError, match=r"1234 sees 'はい'[\s\S]*佐藤: 助けて"):
        await sato.sees("はい", within=0.01)


async def test_a_person_who_blocked_the_bot_can_not_write(double: TelegramDouble, sato: Phone) -> None:
    """The bot hears of the block; the person must lift it before writing."""
    sato.blocks_bot()
    with pytest.raises(AssertionError, match="blocked"):
        sato.writes("a")
    sato.unblocks_bot()
    sato.writes("a")

    assert [list(update.body)[1] for update in double.waiting] == ["my_chat_member", "my_chat_member", "message"]


async def test_a_fault_of_its_own_fails_the_test() -> None:
    """What breaks inside the double is not taken for Telegram's trouble."""
    async with httpx.AsyncClient(trust_env=False) as http:
        double = TelegramDouble()
        await double.start()
        double.chats = None  # type: ignore[assignment]
        await http.post(f"{double.url}/bot{double.token}/sendMessage", data={"chat_id": "1", "text": "a"})
    with pytest.raises(TypeError):
        await double.stop()


def double_of(phone: Phone) -> TelegramDouble:
    """Give the double a phone belongs to."""
    return phone._world


async def _outcome(client: Client, chat: int) -> str:
    status, _ = await client.ask("sendMessage", chat_id=chat, text="a")
    return "sent" if status == 200 else str(status)
