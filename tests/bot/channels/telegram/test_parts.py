"""Speaking over Telegram: what is shown, what is changed, and what each failure means for what is owed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import Button, RenderedMessage, Undelivered
from tests.bot.channels.rig import Rig
from tests.telegram_double import Phone, TelegramDouble

CHAT = "telegram:1234"
JPEG = b"\xff\xd8\xffpicture"
ROWS = ((Button("はい", "y"), Button("いいえ", "n")), (Button("資料", "", url="https://example.org/a"),))


async def test_words_and_buttons_are_one_message(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Marks are shown as marks, buttons row by row, links without a preview."""
    receipt = await rig.channel().deliver(RenderedMessage(CHAT, "<b>A &amp; B</b>", rows=ROWS))
    seen = sato.screen()

    assert [(one.text, one.rows, one.silent) for one in seen] == [("A & B", (("はい", "いいえ"), ("資料",)), False)]
    assert receipt.message_id == str(seen[0].id)
    assert '"is_disabled": true' in double.calls[0].values["link_preview_options"]


async def test_a_silent_message_makes_no_sound(rig: Rig, sato: Phone) -> None:
    """In all its parts."""
    await rig.channel().deliver(
        RenderedMessage(CHAT, "封", silent=True, document=("a.txt", b"a"), contact=("電算", "+81312345678"))
    )

    assert [seen.silent for seen in sato.screen()] == [True, True]


async def test_a_message_is_changed_in_place(rig: Rig, sato: Phone) -> None:
    """Words and buttons change, the receipt is the same; changing into the same is no failure."""
    channel = rig.channel()
    first = await channel.deliver(RenderedMessage(CHAT, "一", rows=ROWS))
    changed = RenderedMessage(CHAT, "<b>二</b>", replaces=first.message_id)
    assert await channel.deliver(changed) == first
    assert await channel.deliver(changed) == first

    assert [(seen.text, seen.rows, seen.edited) for seen in sato.screen()] == [("二", (), True)]


async def test_a_picture_carries_words_without_buttons(rig: Rig, sato: Phone) -> None:
    """Words that will not change stand below the picture; the receipt is the picture's."""
    receipt = await rig.channel().deliver(RenderedMessage(CHAT, "<i>この紙が出てきました</i>", picture=("p.jpg", JPEG)))

    assert [(one.kind, one.text, one.file) for one in sato.screen()] == [
        ("photo", "この紙が出てきました", ("p.jpg", JPEG))
    ]
    assert receipt.message_id == str(sato.screen()[0].id)


async def test_words_with_buttons_follow_the_file(rig: Rig, sato: Phone) -> None:
    """They will be changed later, which only a message of words can be; the receipt is theirs."""
    channel = rig.channel()
    receipt = await channel.deliver(RenderedMessage(CHAT, "見てください", rows=ROWS, document=("a.pdf", b"%PDF")))
    await channel.deliver(RenderedMessage(CHAT, "済", replaces=receipt.message_id))

    assert [(one.kind, one.text) for one in sato.screen()] == [("document", ""), ("text", "済")]


async def test_long_words_do_not_go_below_a_file(rig: Rig, sato: Phone) -> None:
    """1,024 signs fit below a file; more follow it."""
    await rig.channel().deliver(RenderedMessage(CHAT, "a" * 1024, document=("a.pdf", b"%PDF")))
    await rig.channel().deliver(RenderedMessage(CHAT, "a" * 1025, document=("a.pdf", b"%PDF")))

    assert [(one.kind, len(one.text)) for one in sato.screen()] == [("document", 1024), ("document", 0), ("text", 1025)]


async def test_a_contact_card_follows_the_words(rig: Rig, sato: Phone) -> None:
    """A card that a tap on the phone calls; the receipt stays that of the words."""
    receipt = await rig.channel().deliver(
        RenderedMessage(CHAT, "電話してください", rows=ROWS, contact=("電算システム", "+81312345678"))
    )
    words, card = sato.screen()

    assert (words.text, card.contact) == ("電話してください", ("電算システム", "+81312345678"))
    assert receipt.message_id == str(words.id)


async def test_a_long_text_becomes_several_messages(rig: Rig, sato: Phone) -> None:
    """Cut between paragraphs, marks held together, the buttons on the last; nothing is lost."""
    text = "\n\n".join(f"<b>{number}</b> " + "あ" * 900 for number in range(10))
    receipt = await rig.channel().deliver(RenderedMessage(CHAT, text, rows=ROWS))
    seen = sato.screen()

    assert [one.text[0] for one in seen] == ["0", "4", "8"]
    assert "".join(one.text for one in seen).count("あ") == 9000
    assert [bool(one.rows) for one in seen] == [False, False, True]
    assert receipt.message_id == str(seen[-1].id)


async def test_a_text_of_exactly_the_limit_stays_whole(rig: Rig, sato: Phone) -> None:
    """4,096 units as Telegram counts them: an emoji is two, a mark none."""
    await rig.channel().deliver(RenderedMessage(CHAT, "<b>" + "🚨" * 2048 + "</b>"))

    assert len(sato.screen()) == 1


async def test_half_a_message_goes_on_where_it_stopped(rig: Rig, double: TelegramDouble, sato: Phone) -> None:
    """Tried again soon, only what is missing is sent; after five minutes all of it, since the rest alone would be torn."""
    channel = rig.channel()
    message = RenderedMessage(CHAT, "電話してください", contact=("電算", "+81312345678"))
    for later in (timedelta(0), timedelta(minutes=6)):
        double.misbehaves("sendContact", "429", retry_after=2)
        with pytest.raises(Undelivered, match="busy"):
            await channel.deliver(message)
        rig.now += later
        await channel.deliver(message)

    assert [one.kind for one in sato.screen()] == ["text", "contact", "text", "text", "contact"]


@pytest.mark.parametrize(
    ("html", "seen"),
    [("<b>熱が<38", "熱が<38"), ("A & B <c>", "A & B <c>"), ("<b><i>x</b></i> &lt;y&gt;", "x <y>")],
)
async def test_broken_marks_are_said_in_plain_words(rig: Rig, sato: Phone, html: str, seen: str) -> None:
    """In an emergency a bare text is better than none: new, changed, and below a file."""
    channel = rig.channel()
    await channel.deliver(RenderedMessage(CHAT, html))
    changed = await channel.deliver(RenderedMessage(CHAT, "前"))
    await channel.deliver(RenderedMessage(CHAT, html, replaces=changed.message_id))
    await channel.deliver(RenderedMessage(CHAT, html, document=("a.txt", b"a")))

    assert [one.text for one in sato.screen()] == [seen] * 3
