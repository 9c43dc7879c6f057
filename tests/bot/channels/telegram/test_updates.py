"""Everything that a person can do on Telegram is heard as one plain act."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import User

from bot.channels.channel import Attachment, Button, RenderedMessage
from bot.channels.telegram.updates import heard_in
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble


async def test_a_tap_is_heard_with_its_data(rig: Rig, sato: Phone) -> None:
    """The button's data, the message it stood on, and what is needed to answer."""
    channel = rig.channel()
    sent = await channel.deliver(RenderedMessage("telegram:1234", "よいですか", rows=((Button("はい", "r1:yes"),),)))
    rig.listens(channel)
    tap = sato.taps("はい")
    heard = (await rig.hears(1))[0]

    assert (heard.button, heard.message_id, heard.callback, heard.text) == ("r1:yes", sent.message_id, tap, None)
    assert (heard.cause, heard.at, heard.address) == (f"telegram:7001:{tap}", rig.now, "telegram:1234")


async def test_a_reply_names_what_it_replies_to(rig: Rig, sato: Phone) -> None:
    """The id of the message that was replied to comes with the words."""
    first = sato.writes("一")
    sato.writes("二", reply_to=first)
    rig.listens()

    assert [heard.replied_to for heard in await rig.hears(2)] == [None, str(first)]


async def test_an_edit_is_an_act_of_its_own(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Its cause holds the time of the edit, so that each edit counts once and none passes for the first writing."""
    message = sato.writes("9時10分")
    for minutes, text in ((1, "9時11分"), (2, "9時12分")):
        double.now = lambda minutes=minutes: rig.now + timedelta(minutes=minutes)  # type: ignore[misc]
        sato.edits(message, text)
    rig.listens()
    heard = await rig.hears(3)

    assert [one.edited for one in heard] == [None, str(message), str(message)]
    assert [one.text for one in heard] == ["9時10分", "9時11分", "9時12分"]
    assert heard[2].at == rig.now + timedelta(minutes=2)
    stamp = int(heard[2].at.timestamp())
    assert heard[2].cause.startswith(f"telegram:7001:1234.{message}.e{stamp}.")
    assert len({one.cause for one in heard}) == 3


async def test_two_edits_within_a_second(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Both are kept, the second as what stands; the same update that comes again is the same act."""
    message = sato.writes("9時10分")
    for text in ("直し一", "直し二"):
        sato.edits(message, text)
    rig.listens()
    first, *edits = await rig.hears(3)

    assert [one.text for one in edits] == ["直し一", "直し二"]
    assert len({first.cause, *(one.cause for one in edits)}) == 3


US = User(7001, "灯", is_bot=True)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
SATO = {"id": 1234, "is_bot": False, "first_name": "佐藤"}
OTHER = {"id": 99, "is_bot": False, "first_name": "だれか"}
BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
HERS = {"id": 1234, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "医院"}


def said(sender: dict[str, Any], chat: dict[str, Any], **more: object) -> dict[str, Any]:
    """Make the update of a message."""
    message = {"message_id": 5, "date": 1_790_000_000, "chat": chat, "from": sender, "text": "終わります", **more}
    return {"update_id": 1, "message": message}


def tapped(sender: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    """Make the update of a tap under one of our messages in a chat."""
    message = {"message_id": 5, "date": 1_790_000_000, "chat": chat, "text": "…"}
    tap = {"id": "77", "from": sender, "chat_instance": "1", "data": "ack|incident-1", "message": message}
    return {"update_id": 2, "callback_query": tap}


NOT_THEIRS = {
    "a forged tap": tapped(OTHER, HERS),
    "a bot's tap": tapped(BOT, GROUP),
    "somebody else in her chat": said(OTHER, HERS),
    "a bot": said({**SATO, "is_bot": True}, HERS),
    "an anonymous administrator": said(BOT, GROUP, sender_chat=GROUP),
    "a channel": said(SATO, {"id": -200, "type": "channel", "title": "お知らせ"}),
    "a channel that posts into a group": said(
        SATO, GROUP, sender_chat={"id": -200, "type": "channel", "title": "お知らせ"}
    ),
}


@pytest.mark.parametrize("update", NOT_THEIRS.values(), ids=NOT_THEIRS)
@pytest.mark.parametrize("odd", [{}, {"reply_markup": 7}], ids=["plain", "half read"])
def test_what_nobody_who_is_known_did(update: dict[str, Any], odd: dict[str, Any]) -> None:
    """It is no act of the member whose chat it came from, also where the library can't read all of it."""
    broken = copy.deepcopy(update)
    if "message" in broken:
        broken["message"] |= odd
    assert heard_in(broken, US, NOW) is None


def test_what_is_theirs() -> None:
    """Their own words and taps, and what they forward, whoever wrote it first."""
    origin = {"type": "user", "date": 1_780_000_000, "sender_user": OTHER}
    acts = [said(SATO, HERS), tapped(SATO, HERS), said(SATO, HERS, forward_origin=origin)]

    assert [heard.address for act in acts if (heard := heard_in(act, US, NOW))] == ["telegram:1234"] * 3


async def test_a_file_is_heard_with_its_name_and_size(rig: Rig, sato: Phone) -> None:
    """A document keeps its name; what stands below it is the text."""
    sato.sends_file("見積.pdf", b"%PDF-", "業者から")
    rig.listens()
    heard = (await rig.hears(1))[0]
    assert heard.attachment is not None

    assert (heard.text, heard.attachment.kind) == ("業者から", "file")
    assert (heard.attachment.file_name, heard.attachment.size) == ("見積.pdf", 5)


async def test_an_album_holds_together(rig: Rig, sato: Phone) -> None:
    """Pictures sent at once carry the same album; each is an act of its own."""
    sato.sends_photo(b"\xff\xd8\xff1", "三枚", album="77")
    sato.sends_photo(b"\xff\xd8\xff2", album="77")
    rig.listens()

    assert [(heard.album, heard.text) for heard in await rig.hears(2)] == [("77", "三枚"), ("77", None)]


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("sticker", None),
        ("video", None),
        ("location", None),
        ("contact", {"phone_number": "+81312345678", "first_name": "電算"}),
        ("dice", {"emoji": "🎲", "value": 3}),
        (
            "poll",
            {
                "id": "1",
                "question": "?",
                "options": [],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            },
        ),
    ],
)
async def test_what_can_not_be_kept_is_named(rig: Rig, sato: Phone, what: str, body: object) -> None:
    """A sticker, a place: the person is not left without an answer, so it is heard, with its name."""
    if body is None:
        getattr(sato, f"sends_{what}")()
    else:
        sato.sends(what, body)
    rig.listens()
    heard = (await rig.hears(1))[0]
    assert heard.attachment is not None

    assert (heard.attachment.kind, heard.attachment.what, heard.text) == ("other", what, None)


async def test_a_voice_is_heard_as_one(rig: Rig, sato: Phone) -> None:
    """With how its bytes are found again."""
    sato.sends_voice()
    rig.listens()
    attachment = (await rig.hears(1))[0].attachment

    assert attachment is not None
    assert (attachment.kind, bool(attachment.reference), bool(attachment.size)) == ("voice", True, True)


@pytest.mark.parametrize("broken", [{"id": "1"}, "nonsense", 5])
async def test_what_the_library_can_not_read_is_heard_all_the_same(rig: Rig, sato: Phone, broken: object) -> None:
    """One message of a newer Telegram's must not deafen the bot: who and when are heard, and those after it."""
    sato.sends("poll", broken)
    sato.writes("助けて")
    rig.listens()
    heard = await rig.hears(2)

    assert [(one.address, one.attachment, one.text) for one in heard] == [
        ("telegram:1234", Attachment("other", "", what="unknown"), None),
        ("telegram:1234", None, "助けて"),
    ]


async def test_an_update_that_makes_no_sense_is_passed_over(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """It is logged and confirmed; the next is heard."""
    double.tell_bot("message", {"text": "nowhere"})
    double.tell_bot("callback_query", {"id": 5})
    double.tell_bot("my_chat_member", {"chat": 5})
    sato.writes("助けて")
    rig.listens()

    assert [heard.text for heard in await rig.hears(1)] == ["助けて"]


async def test_a_gif_is_no_file(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Telegram sends an animation as a document besides; it is named by what it is."""
    file = double.keep("a.mp4", b"ftyp")
    animation = file | {"width": 1, "height": 1, "duration": 1}
    sato._says(kind="animation", media={"animation": animation, "document": file})
    rig.listens()

    assert (await rig.hears(1))[0].attachment == Attachment("other", file["file_id"], None, 4, "animation")


async def test_a_block_is_heard_and_a_return_is_not(rig: Rig, sato: Phone) -> None:
    """Whoever blocks the bot has left; whoever comes back writes, and that is heard."""
    rig.listens()
    sato.blocks_bot()
    sato.unblocks_bot()
    sato.writes("戻りました")
    heard = await rig.hears(2)

    assert [(one.left, one.place, one.text) for one in heard] == [
        (True, "private", None),
        (False, "private", "戻りました"),
    ]
    assert heard[0].cause == f"telegram:7001:1234.left.{int(rig.now.timestamp())}"


async def test_a_group_is_named_as_such(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Being brought in, talk, taps and being thrown out are heard with the group's address; others' leaving is not."""
    group = double.group(-500, "診療所")
    channel = rig.channel()
    rig.listens(channel)
    group.adds_bot(by=sato)
    group.phone(sato).writes("こんにちは")
    await rig.hears(2)
    await channel.deliver(RenderedMessage("telegram:-500", "個別にどうぞ", rows=((Button("はい", "y"),),)))
    group.phone(sato).taps("はい")
    group.phone(sato).sends("left_chat_member", double.user(1234))
    group.removes_bot(by=sato)
    heard = await rig.hears(4)

    assert {(one.address, one.place, one.display_name) for one in heard} == {("telegram:-500", "group", "佐藤")}
    assert [(one.text, one.button, one.left) for one in heard] == [
        (None, None, False),
        ("こんにちは", None, False),
        (None, "y", False),
        (None, None, True),
    ]


async def test_what_is_no_act_is_passed_over(rig: Rig, sato: Phone) -> None:
    """A change of a chat's settings is confirmed and not heard."""
    sato.sends("message_auto_delete_timer_changed", {"message_auto_delete_time": 86400})
    sato.writes("はい")
    rig.listens()

    assert [heard.text for heard in await rig.hears(1)] == ["はい"]


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("/status", "/status"),
        ("/status@tomoshibi_bot", "/status"),
        ("/start@Tomoshibi_Bot CODE", "/start CODE"),
        ("/status@another_bot", "/status@another_bot"),
        ("see /status@tomoshibi_bot", "see /status@tomoshibi_bot"),
    ],
)
async def test_a_command_loses_our_name(rig: Rig, sato: Phone, written: str, heard: str) -> None:
    """Telegram adds the bot's name to commands in some places; only our own is taken away."""
    sato.writes(written)
    rig.listens()

    assert (await rig.hears(1))[0].text == heard
