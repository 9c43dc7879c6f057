"""Hearing over Telegram: nothing is lost, whatever breaks, and nothing is confirmed before it was heard."""

from __future__ import annotations

import httpx
import pytest
import structlog

from bot.channels.channel import Attachment, Button, Heard, RenderedMessage, Undelivered
from bot.channels.telegram.telegram import DOWNLOAD_LIMIT, Telegram, TokenRefused
from bot.store.trouble import StorageTrouble
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble


async def test_what_a_person_writes_is_heard(rig: Rig, sato: Phone) -> None:
    """Words come with who, where and when, and with a cause of their own."""
    rig.listens()
    message = sato.writes("電子カルテが動かない")
    heard = (await rig.hears(1))[0]

    assert heard == Heard(
        address="telegram:1234",
        cause=f"telegram:7001:1234.{message}",
        at=rig.now,
        text="電子カルテが動かない",
        message_id=str(message),
        display_name="佐藤",
    )


async def test_it_asks_only_for_what_it_understands(rig: Rig, double: TelegramDouble) -> None:
    """Polls name the kinds of update that are wanted."""
    rig.listens()
    await double.settled()

    assert double.allowed == frozenset({"message", "edited_message", "callback_query", "my_chat_member"})


async def test_the_bots_name_is_told_before_anything_is_heard(rig: Rig, sato: Phone) -> None:
    """Whoever makes invitation links learns the name that Telegram gives, before the first act."""
    told: list[tuple[str | None, int]] = []
    channel = rig.channel()
    channel.on_name = lambda name: told.append((name, len(rig.ear.heard)))
    sato.writes("/start")
    rig.listens(channel)
    await rig.hears(1)

    assert told == [("tomoshibi_bot", 0)]


async def test_a_webhook_is_taken_away_at_the_start(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A webhook left by another program would keep polls from working; the updates that waited for it stay."""
    double.webhook = "https://example.org/hook"
    sato.writes("先に書いた")
    rig.listens()

    assert [heard.text for heard in await rig.hears(1)] == ["先に書いた"]
    assert rig.pauses.asked == []


async def test_a_webhook_set_later_is_taken_away_too(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """The conflict that a webhook makes is ended rather than waited for."""
    rig.listens()
    await double.settled()
    double.webhook = "https://example.org/hook"
    sato.writes("一")
    sato.writes("二")

    assert [heard.text for heard in await rig.hears(2)] == ["一", "二"]


async def test_the_menu_is_set_in_both_languages(rig: Rig, double: TelegramDouble) -> None:
    """Japanese is what everybody sees who has not chosen English."""
    rig.listens()
    await double.settled()

    assert double.commands["all_private_chats", ""] == [{"command": "status", "description": "状況"}]
    assert double.commands["all_private_chats", "en"] == [{"command": "status", "description": "Where we are"}]


async def test_without_a_menu_it_listens_all_the_same(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A menu that could not be set is no reason not to hear."""
    double.misbehaves("setMyCommands", "500", times=2)
    rig.listens()
    sato.writes("はい")

    assert len(await rig.hears(1)) == 1


async def test_nothing_is_confirmed_before_it_is_on_disk(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """While storage fails the act comes again, after longer and longer pauses; those before it are confirmed."""
    for text in ("一", "二", "三"):
        sato.writes(text)
    waiting: list[list[str]] = []
    rig.pauses.meanwhile = lambda: waiting.append([update.body["message"]["text"] for update in double.waiting])
    rig.ear.trouble = [StorageTrouble("disk full"), StorageTrouble("disk full")]
    rig.listens()
    await rig.hears(1)
    rig.ear.trouble = [StorageTrouble("disk full")]
    sato.writes("四")

    assert [heard.text for heard in await rig.hears(4)] == ["一", "二", "三", "四"]
    assert rig.pauses.asked == [0.5, 1.0, 0.5]
    assert waiting == [["一", "二", "三"], ["一", "二", "三"], ["四"]]


async def test_acts_that_wait_are_heard_together(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """What was written while nobody listened is handed over at once, in its order, for one transaction."""
    for text in ("一", "二", "三"):
        sato.writes(text)
    rig.listens()

    assert [heard.text for heard in await rig.hears(3)] == ["一", "二", "三"]
    assert rig.ear.tries == 1


async def test_what_was_not_stored_comes_to_the_next_process(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A bot that ends while its disk is full leaves the act with Telegram; the next one hears it, with the same cause."""
    message = sato.writes("火事です")
    rig.ear.trouble = [RuntimeError("ended in the middle")]
    with pytest.raises(RuntimeError, match="in the middle"):
        await rig.listens()
    rig.listens()
    heard = await rig.hears(1)

    assert [(one.text, one.cause) for one in heard] == [("火事です", f"telegram:7001:1234.{message}")]


@pytest.mark.parametrize("how", ["500", "drop_before", "drop_after", "garbage"])
async def test_a_bad_line_is_waited_out(rig: Rig, double: TelegramDouble, sato: Phone, how: str) -> None:
    """Polls that fail are tried again, more and more slowly, and lose nothing."""
    double.misbehaves("getUpdates", how, times=3)  # type: ignore[arg-type]
    sato.writes("はい")
    rig.listens()

    assert [heard.text for heard in await rig.hears(1)] == ["はい"]
    assert rig.pauses.asked == [1.0, 2.0, 4.0]


async def test_it_starts_without_internet(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Started while the line is down, it keeps trying, four seconds apart in the end, and hears what was written meanwhile."""
    double.goes_down()
    rig.pauses.meanwhile = lambda: double.comes_back() if len(rig.pauses.asked) == 9 else None
    sato.writes("はい")
    rig.listens()
    await rig.hears(1)

    assert rig.pauses.asked == [1, 2, 4, 4, 4, 4, 4, 4, 4]


async def test_it_waits_as_long_as_telegram_says(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A 429 for a poll names its own pause."""
    double.misbehaves("getUpdates", "429", retry_after=17)
    sato.writes("はい")
    rig.listens()
    await rig.hears(1)

    assert rig.pauses.asked == [17.0]


async def test_a_second_poller_is_named(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Two programs with one token: it says so in the log, and tries again slowly."""
    with structlog.testing.capture_logs() as logs:
        double.misbehaves("getUpdates", "409", times=2)
        sato.writes("はい")
        rig.listens()
        await rig.hears(1)

    assert rig.pauses.asked == [30.0, 30.0]
    assert [line["event"] for line in logs].count("telegram.second_poller") == 2


@pytest.mark.parametrize("token", ["", "nonsense", "7001:other\n", "7001:AAE-another"])
async def test_a_wrong_token_is_said_at_once(rig: Rig, token: str) -> None:
    """One sentence that tells the cure, and not the token."""
    with pytest.raises(TokenRefused, match="BotFather") as refused:
        await rig.listens(rig.channel(token=token))

    assert not token or token not in str(refused.value)


async def test_a_token_revoked_later_ends_the_listening(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Asking on with a dead token would never hear anybody again; a message owed stays owed meanwhile."""
    channel = rig.channel()
    listening = rig.listens(channel)
    await double.settled()
    double.token = "7001:AAE-a-new-one"
    sato.writes("はい")
    with pytest.raises(TokenRefused):
        await listening
    with pytest.raises(Undelivered) as undelivered:
        await channel.deliver(RenderedMessage("telegram:1234", "はい"))

    assert (undelivered.value.why, undelivered.value.retry_after) == ("network", 60.0)


async def test_a_photo_is_fetched_in_its_largest_size(rig: Rig, sato: Phone) -> None:
    """The bytes that come back are those of the picture, not of its small copy."""
    channel = rig.channel()
    rig.listens(channel)
    sato.sends_photo(b"\xff\xd8\xfflarge", "画面です")
    heard = (await rig.hears(1))[0]
    assert heard.attachment is not None

    assert (heard.text, heard.attachment.kind) == ("画面です", "photo")
    assert await channel.fetch(heard.attachment) == b"\xff\xd8\xfflarge"


async def test_a_file_too_large_is_refused_without_asking(rig: Rig, double: TelegramDouble) -> None:
    """Over 20 MB Telegram gives nothing to a bot; trying again is useless."""
    with pytest.raises(Undelivered) as undelivered:
        await rig.channel().fetch(Attachment("file", "x", size=DOWNLOAD_LIMIT + 1))

    assert (undelivered.value.why, undelivered.value.retry_after) == ("refused", None)
    assert double.calls == []


async def test_a_file_whose_size_was_not_told_is_refused_as_well(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Telegram's own "file is too big" is final too."""
    double.download_limit = 5
    sato.sends_file("大.zip", b"123456")
    reference = double.waiting[0].body["message"]["document"]["file_id"]
    with pytest.raises(Undelivered) as undelivered:
        await rig.channel().fetch(Attachment("file", reference))

    assert undelivered.value.why == "refused"


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("how", ["500", "429", "drop_before"])
async def test_a_fetch_that_fails_can_be_tried_again(rig: Rig, sato: Phone, method: str, how: str) -> None:
    """The file is still there the next time."""
    channel = rig.channel()
    sato.sends_file("記録.txt", b"123456")
    reference = rig.double.waiting[0].body["message"]["document"]["file_id"]
    rig.double.misbehaves(method, how, retry_after=3)  # type: ignore[arg-type]
    with pytest.raises(Undelivered) as undelivered:
        await channel.fetch(Attachment("file", reference))

    assert undelivered.value.retry_after == (3 if how == "429" else 4)
    assert await channel.fetch(Attachment("file", reference)) == b"123456"


async def test_a_file_that_is_away_for_a_while_can_be_tried_again(
    rig: Rig, double: TelegramDouble, sato: Phone
) -> None:
    """Telegram says with a 400 that a file is temporarily unavailable; that one 400 is not final."""
    double.misbehaves("getFile", "unavailable")
    with pytest.raises(Undelivered) as undelivered:
        await rig.channel().fetch(Attachment("file", "x"))

    assert (undelivered.value.why, undelivered.value.retry_after) == ("network", 60.0)


async def test_a_tap_is_answered(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A toast is cut to 200 characters; no words end the spinner only; a failure says whether trying again makes sense."""
    channel = rig.channel()
    heard = Heard(address="telegram:1234", cause="c", at=rig.now, callback=await _tapped(channel, sato))
    await channel.answer(heard, "")
    assert (sato.toasts, double.taps[heard.callback or ""].answered) == ([], True)
    await channel.answer(heard, "あ" * 201)
    assert sato.toasts == ["あ" * 199 + "…"]
    double.misbehaves("answerCallbackQuery", "500")
    for tap, why, again in ((heard.callback, "busy", 4.0), ("1", "refused", None)):
        with pytest.raises(Undelivered) as undelivered:
            await channel.answer(Heard(address="telegram:1234", cause="c", at=rig.now, callback=tap), "はい")
        assert (undelivered.value.why, undelivered.value.retry_after) == (why, again)
    await channel.answer(Heard(address="telegram:1234", cause="c", at=rig.now), "はい")

    assert len(double.calls_of("answerCallbackQuery")) == 4


async def test_two_pollers_hear_each_act_once_between_them(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A second program that begins to poll ends our poll; ours comes back after its pause."""
    rig.listens()
    await double.settled()
    async with httpx.AsyncClient(trust_env=False) as other:
        ended = double.poller
        asked = await other.get(f"{double.url}/bot{double.token}/getUpdates", params={"timeout": 0})
        assert asked.json()["result"] == []
        await double.until(lambda: double.poller is not None and double.poller is not ended)
    sato.writes("はい")

    assert len(await rig.hears(1)) == 1
    assert rig.pauses.asked == [30.0]


async def _tapped(channel: Telegram, phone: Phone) -> str:
    await channel.deliver(RenderedMessage("telegram:1234", "?", rows=((Button("はい", "y"),),)))
    return phone.taps("はい")


async def test_what_somebody_wrote_is_taken_away(rig: Rig, sato: Phone) -> None:
    """A message leaves the chat for its writer as well; one that is gone already is said to be refused."""
    channel = rig.channel()
    rig.listens(channel)
    sato.writes("消したい")
    (heard,) = await rig.hears(1)

    await channel.retract(heard)

    assert [shown.text for shown in sato.screen()] == []
    with pytest.raises(Undelivered) as refused:
        await channel.retract(heard)
    assert refused.value.retry_after is None
