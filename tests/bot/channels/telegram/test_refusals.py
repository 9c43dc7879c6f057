"""What each failure means for a message that is owed: when to try again, or that it is useless."""

from __future__ import annotations

import pytest

from bot.channels.channel import Button, RenderedMessage, Undelivered
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble

CHAT = "telegram:1234"
JPEG = b"\xff\xd8\xffpicture"
ROWS = ((Button("はい", "y"), Button("いいえ", "n")), (Button("資料", "", url="https://example.org/a"),))


async def _failure(rig: Rig, message: RenderedMessage, patience: float = 5.0) -> Undelivered:
    with pytest.raises(Undelivered) as undelivered:
        await rig.channel(patience=patience).deliver(message)
    return undelivered.value


async def test_an_edit_that_can_not_be_made_is_lost(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """A message that is gone, has no words, or could not hold the new ones: whoever owes it sends it anew."""
    channel = rig.channel()
    first = await channel.deliver(RenderedMessage(CHAT, "一"))
    file = await channel.deliver(RenderedMessage(CHAT, "", document=("a.txt", b"a")))
    for replaced, text in (("1", "二"), ("m1", "二"), (file.message_id, "二"), (first.message_id, "a" * 4097)):
        failure = await _failure(rig, RenderedMessage(CHAT, text, replaces=replaced))
        assert (failure.why, failure.retry_after) == ("edit_lost", None)


@pytest.mark.parametrize(
    ("how", "why", "retry_after"),
    [
        ("429", "busy", 7.0),
        ("500", "busy", 4.0),
        ("garbage", "busy", 4.0),
        ("drop_before", "network", 4.0),
        ("drop_after", "network", 4.0),
        ("timeout", "network", 4.0),
        ("timeout_after", "network", 4.0),
        ("413", "refused", None),
    ],
)
async def test_what_fails_for_now_is_tried_again(
    rig: Rig, double: TelegramDouble, sato: Phone, how: str, why: str, retry_after: float | None
) -> None:
    """Each failure says whether, and when, trying again makes sense."""
    double.misbehaves("sendMessage", how, retry_after=7)  # type: ignore[arg-type]
    failure = await _failure(rig, RenderedMessage(CHAT, "はい"), patience=0.1 if how.startswith("timeout") else 5.0)

    assert (failure.why, failure.retry_after) == (why, retry_after)
    await rig.channel().deliver(RenderedMessage(CHAT, "はい"))
    assert sato.screen()[-1].text == "はい"


async def test_a_429_concerns_one_chat_only(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Others are written to meanwhile, without a pause."""
    suzuki = double.person(5678, "鈴木", started=True)
    double.misbehaves("sendMessage", "429", times=5, chat=1234)
    await _failure(rig, RenderedMessage(CHAT, "はい"))
    await rig.channel().deliver(RenderedMessage("telegram:5678", "はい"))

    assert [seen.text for seen in suzuki.screen()] == ["はい"]
    assert rig.pauses.asked == []


async def test_who_can_not_be_reached_is_gone(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Blocked, never begun, left, unknown: no retry."""
    double.person(99, "未登録")
    sato.blocks_bot()
    failures = [await _failure(rig, RenderedMessage(f"telegram:{chat}", "はい")) for chat in (1234, 99, 5)]
    sato.deletes_account()
    failures.append(await _failure(rig, RenderedMessage(CHAT, "はい")))

    assert [(failure.why, failure.retry_after) for failure in failures] == [("gone", None)] * 4


@pytest.mark.parametrize(
    "message",
    [
        RenderedMessage(CHAT, ""),
        RenderedMessage(CHAT, " "),
        RenderedMessage(CHAT, "a", rows=((Button("x", "d" * 65),),)),
        RenderedMessage(CHAT, "a", rows=((Button("x", ""),),)),
        RenderedMessage(CHAT, "a", rows=((Button("x", "", url="tel:110"),),)),
        RenderedMessage(CHAT, "a", picture=("a.jpg", b"no picture")),
        RenderedMessage("terminal:m2", "a"),
    ],
)
async def test_what_telegram_never_takes_is_refused(rig: Rig, sato: Phone, message: RenderedMessage) -> None:
    """No retry would help; nothing is shown."""
    failure = await _failure(rig, message)

    assert (failure.why, failure.retry_after) == ("refused", None)
    assert sato.screen() == []
