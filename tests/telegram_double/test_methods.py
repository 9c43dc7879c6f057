"""The double refuses what Telegram refuses, in Telegram's words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram_double import Phone, TelegramDouble
from tests.telegram_double.client import Client, keyboard, said_by
from tests.telegram_double.entities import parsed, units


async def test_it_says_who_the_bot_is(client: Client) -> None:
    """GetMe gives the id in front of the token and the user name."""
    me = await client.gets("getMe")

    assert (me["id"], me["is_bot"], me["username"]) == (7001, True, "tomoshibi_bot")


async def test_a_wrong_token_is_refused(client: Client) -> None:
    """A token of the right shape is unknown (401); anything else is no bot at all (404)."""
    assert said_by(await client.ask("getMe", token="7001:other")) == (401, "Unauthorized")
    assert said_by(await client.ask("getMe", token="nonsense")) == (404, "Not Found")


async def test_an_unknown_method_or_parameter_is_refused(client: Client) -> None:
    """A method nobody knows is a 404; a parameter the double can't act upon is refused rather than ignored."""
    assert said_by(await client.ask("sendMesage", chat_id=1, text="a")) == (404, "Not Found")
    assert "doesn't know ['message_effect_id']" in await client.refusal(
        "sendMessage", chat_id=1, text="a", message_effect_id="5"
    )


async def test_only_those_who_began_can_be_written_to(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Unknown chats, people who never wrote, who blocked, and who left are refused, each in its own words."""
    double.person(99, "未登録")
    assert await client.refusal("sendMessage", chat_id=5, text="a") == "Bad Request: chat not found"
    assert await client.refusal("sendMessage", text="a") == "Bad Request: chat_id is empty"
    assert said_by(await client.ask("sendMessage", chat_id=99, text="a")) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    sato.blocks_bot()
    assert said_by(await client.ask("sendMessage", chat_id=1234, text="a")) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    sato.deletes_account()
    assert await client.refusal("sendMessage", chat_id=1234, text="a") == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "あ" * 4097}, "message is too long"),
        ({"text": "🚨" * 2049}, "message is too long"),
        ({"text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"text": "a", "disable_notification": "maybe"}, 'field "disable_notification" must be of type Boolean'),
        ({"text": "a", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"text": "a", "reply_markup": []}, 'field "reply_markup" must be of type Object'),
        ({"text": "a", "reply_markup": keyboard({"text": "x"})}, "Text buttons are unallowed"),
        ({"text": "a", "reply_markup": keyboard({"text": "x", "callback_data": ""})}, "Text buttons are unallowed"),
        ({"text": "a", "reply_markup": keyboard({"text": "", "callback_data": "d"})}, 'Field "text"'),
        ({"text": "a", "reply_markup": keyboard({"text": "x", "callback_data": "d" * 65})}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard({"text": "x", "callback_data": "灯" * 22})}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "reply_markup": keyboard({"text": "x", "url": "tel:110"})}, "Unsupported URL protocol"),
        ({"text": "a", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
    ],
)
async def test_words_that_telegram_would_not_take_are_refused(
    client: Client, sato: Phone, values: dict[str, Any], said: str
) -> None:
    """Empty, too long, ill-typed, or with buttons that can't be."""
    refusal = await client.refusal("sendMessage", chat_id=1234, **values)

    assert refusal.startswith("Bad Request: ")
    assert said in refusal
    assert sato.screen() == []


@pytest.mark.parametrize("text", ["あ" * 4096, "🚨" * 2048, "<b>" + "a" * 4096 + "</b>"])
async def test_the_longest_text_is_taken(client: Client, sato: Phone, text: str) -> None:
    """4,096 UTF-16 units fit; marks don't count."""
    await client.gets("sendMessage", chat_id=1234, text=text, parse_mode="HTML")

    assert units(sato.screen()[0].text) == 4096


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("体温<38", 'Unsupported start tag "38" at byte offset 6'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<a href='x'", 'Unclosed start tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_marks_are_refused(client: Client, sato: Phone, text: str, said: str) -> None:
    """What Telegram can't parse is named with its place in bytes."""
    refusal = await client.refusal("sendMessage", chat_id=1234, text=text, parse_mode="HTML")

    assert f"Bad Request: can't parse entities: {said}" == refusal


def test_marks_are_read() -> None:
    """The words come out plain and trimmed; marks are counted in UTF-16 units; four names and all numbers stand for signs."""
    words, marks = parsed(
        ' 🚨<b>A &lt;&amp;&gt;&#39;&quot;</b> &nbsp; <a href="https://example.org/?a&amp;b">B</a>', "HTML"
    )

    assert words == "🚨A <&>'\" &nbsp; B"
    assert [(mark.kind, mark.offset, mark.length, mark.url) for mark in marks] == [
        ("bold", 2, 7, None),
        ("text_link", 17, 1, "https://example.org/?a&b"),
    ]


async def test_a_message_can_be_changed_but_not_into_itself(client: Client, sato: Phone) -> None:
    """An edit changes words and buttons; the same words and buttons are refused; a mark alone is a change."""
    button = keyboard({"text": "はい", "callback_data": "y"})
    sent = await client.gets("sendMessage", chat_id=1234, text="一", reply_markup=button)
    where = {"chat_id": 1234, "message_id": sent["message_id"], "parse_mode": "HTML"}

    unchanged = await client.refusal("editMessageText", **where, text="<b></b>一", reply_markup=button)
    assert unchanged.startswith("Bad Request: message is not modified: specified new message content")
    await client.gets("editMessageText", **where, text="<b>一</b>", reply_markup=button)
    await client.gets("editMessageText", **where, text="二")

    assert [(seen.text, seen.labels, seen.edited) for seen in sato.screen()] == [("二", (), True)]


async def test_buttons_alone_can_be_changed(client: Client, sato: Phone) -> None:
    """EditMessageReplyMarkup takes the buttons away and leaves the words."""
    sent = await client.gets(
        "sendMessage", chat_id=1234, text="一", reply_markup=keyboard({"text": "はい", "callback_data": "y"})
    )
    where = {"chat_id": 1234, "message_id": sent["message_id"]}
    await client.gets("editMessageReplyMarkup", **where)

    assert "message is not modified" in await client.refusal("editMessageReplyMarkup", **where)
    assert [(seen.text, seen.labels) for seen in sato.screen()] == [("一", ())]


async def test_only_own_and_present_messages_of_text_can_be_changed(client: Client, sato: Phone) -> None:
    """A message that isn't there, is the person's, or has no words can't be edited."""
    theirs = sato.writes("私の")
    card = await client.gets("sendContact", chat_id=1234, phone_number="+81312345678", first_name="電算")

    async def said(message_id: int) -> str:
        return await client.refusal("editMessageText", chat_id=1234, message_id=message_id, text="x")

    assert await said(1) == "Bad Request: message to edit not found"
    assert await said(theirs) == "Bad Request: message can't be edited"
    assert await said(card["message_id"]) == "Bad Request: there is no text in the message to edit"


async def test_messages_are_deleted_and_pinned(client: Client, sato: Phone) -> None:
    """Each works once on what is there and is refused for what is not."""
    sent = await client.gets("sendMessage", chat_id=1234, text="一", disable_notification=True)
    where = {"chat_id": 1234, "message_id": sent["message_id"]}
    await client.gets("pinChatMessage", **where)
    assert (sato.screen()[0].pinned, sato.screen()[0].silent) == (True, True)
    await client.gets("deleteMessage", **where)

    assert sato.screen() == []
    assert await client.refusal("deleteMessage", **where) == "Bad Request: message to delete not found"
    assert await client.refusal("pinChatMessage", **where) == "Bad Request: message to pin not found"


async def test_files_go_up_and_come_down_unchanged(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Every byte of a document survives the multipart form, getFile and the download."""
    content = bytes(range(256)) * 70 + b"\r\n--\r\n\r\r\n\n"
    sent = await client.gets("sendDocument", chat_id=1234, caption="記録", files={"document": ("記録.pdf", content)})
    assert ("記録.pdf", content) == sato.screen()[0].file
    place = await client.gets("getFile", file_id=sent["document"]["file_id"])
    answer = await client.http.get(f"{double.url}/file/bot{double.token}/{place['file_path']}")

    assert content == answer.content
    assert (await client.http.get(f"{double.url}/file/bot{double.token}/none")).status_code == 404
    assert (await client.http.get(f"{double.url}/file/bot1:x/{place['file_path']}")).status_code == 401


async def test_files_that_telegram_would_not_take_are_refused(
    client: Client, double: TelegramDouble, sato: Phone
) -> None:
    """Nothing there, empty, no picture, a caption too long, too large to send or to fetch."""
    double.upload_limit, double.download_limit = 4000, 10

    async def said(method: str, **values: Any) -> str:
        return await client.refusal(method, chat_id=1234, **values)

    assert await said("sendDocument") == "Bad Request: there is no document in the request"
    assert await said("sendDocument", document="no") == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await said("sendDocument", files={"document": ("a", b"")}) == "Bad Request: file must be non-empty"
    assert await said("sendPhoto", files={"photo": ("a.jpg", b"text")}) == "Bad Request: IMAGE_PROCESS_FAILED"
    assert (
        await said("sendDocument", files={"document": ("a", b"a")}, caption="a" * 1025)
        == "Bad Request: message caption is too long"
    )
    assert await said("sendDocument", files={"document": ("a", b"a" * 4001)}) == "Request Entity Too Large"
    sato.sends_file("大.zip", b"a" * 11)
    file_id = double.waiting[-1].body["message"]["document"]["file_id"]
    assert await client.refusal("getFile", file_id=file_id) == "Bad Request: file is too big"
    assert await client.refusal("getFile", file_id="no") == "Bad Request: invalid file_id"


async def test_the_menu_is_kept_for_each_language(client: Client, double: TelegramDouble) -> None:
    """SetMyCommands takes small letters only, and keeps scope and language apart."""
    commands = [{"command": "status", "description": "状況"}]
    await client.gets("setMyCommands", commands=commands)
    await client.gets("setMyCommands", commands=commands, language_code="en", scope={"type": "all_private_chats"})

    assert {("default", ""), ("all_private_chats", "en")} == set(double.commands)
    assert (
        await client.refusal("setMyCommands", commands=[{"command": "Status", "description": "x"}])
        == "Bad Request: BOT_COMMAND_INVALID"
    )


async def test_a_group_has_the_bot_only_while_it_is_in(client: Client, double: TelegramDouble, sato: Phone) -> None:
    """Added, the bot may write there and hears it; thrown out, it may not."""
    group = double.group(-500, "診療所")
    assert (
        await client.refusal("sendMessage", chat_id=-500, text="a")
        == "Forbidden: bot is not a member of the group chat"
    )
    group.adds_bot(by=sato)
    await client.gets("sendMessage", chat_id=-500, text="個別にどうぞ")
    assert [seen.text or f"({seen.kind})" for seen in group.phone(sato).screen()] == ["(service)", "個別にどうぞ"]
    group.removes_bot(by=sato)

    assert (
        await client.refusal("sendMessage", chat_id=-500, text="a") == "Forbidden: bot was kicked from the group chat"
    )
