"""The methods of the Bot API that the double knows, but for getUpdates, which waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.telegram_double.chats import Post
from tests.telegram_double.parameters import Parameters
from tests.telegram_double.refusal import bad
from tests.telegram_double.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_SENDING = "chat_id parse_mode reply_markup disable_notification reply_parameters protect_content "


def get_me(world: World, _: Parameters) -> Any:
    """Say who the bot is."""
    return world.user(world.bot_id) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def delete_webhook(world: World, given: Parameters) -> Any:
    """Go back to polling."""
    if given.flag("drop_pending_updates"):
        world.waiting.clear()
    world.webhook = None
    return True


def set_my_commands(world: World, given: Parameters) -> Any:
    """Set the menu for a kind of chat and a language (empty for all others)."""
    commands = given.json("commands", list)
    if commands is None or len(commands) > 100:
        raise bad("can't parse commands: expected an Array of BotCommand")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    language = given.text("language_code") or ""
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad("invalid language code specified")
    scope = (given.json("scope", dict) or {"type": "default"})["type"]
    world.commands[scope, language] = commands
    return True


def send_message(world: World, given: Parameters) -> Any:
    """Send words."""
    return _send(
        world,
        given,
        "text",
        *given.words("text", limit=TEXT_LIMIT, empty="message text is empty", long="message is too long"),
    )


def send_contact(world: World, given: Parameters) -> Any:
    """Send a card with a name and a number."""
    number, name = given.text("phone_number"), given.text("first_name")
    if not name or not number or not re.fullmatch(r"\+?[\d ()-]+", number):
        raise bad("PHONE_NUMBER_INVALID" if name else "CONTACT_NAME_EMPTY")
    return _send(world, given, "contact", media={"contact": {"phone_number": number, "first_name": name}})


def send_document(world: World, given: Parameters) -> Any:
    """Send a file as it is."""
    name, content, reference = _upload(world, given, "document")
    words = given.words("caption", limit=CAPTION_LIMIT, empty=None, long="message caption is too long")
    return _send(
        world, given, "document", *words, media={"document": reference | {"file_name": name}}, file=(name, content)
    )


def send_photo(world: World, given: Parameters) -> Any:
    """Send a picture to look at."""
    name, content, reference = _upload(world, given, "photo")
    if not content.startswith(_IMAGES):
        raise bad("IMAGE_PROCESS_FAILED")
    words = given.words("caption", limit=CAPTION_LIMIT, empty=None, long="message caption is too long")
    sizes = [reference | {"width": 800, "height": 600}]
    return _send(world, given, "photo", *words, media={"photo": sizes}, file=(name, content))


def edit_message_text(world: World, given: Parameters) -> Any:
    """Change the words and the buttons; without buttons those it had go."""
    post = _own_post(world, given)
    words, marks = given.words("text", limit=TEXT_LIMIT, empty="message text is empty", long="message is too long")
    keyboard = given.keyboard()
    if post.kind != "text":
        raise bad("there is no text in the message to edit")
    if (words, marks, keyboard) == (post.text, post.marks, post.keyboard):
        raise bad(_UNCHANGED)
    post.text, post.marks = words, marks
    return _edited(world, post, keyboard)


def edit_message_reply_markup(world: World, given: Parameters) -> Any:
    """Change the buttons only."""
    post = _own_post(world, given)
    keyboard = given.keyboard()
    if keyboard == post.keyboard:
        raise bad(_UNCHANGED)
    return _edited(world, post, keyboard)


def delete_message(world: World, given: Parameters) -> Any:
    """Take a message away for everybody."""
    chat = world.chat(given.number("chat_id")).check_open()
    post = chat.post(given.number("message_id"), "message to delete not found")
    del chat.posts[post.id]
    world.stir()
    return True


def pin_chat_message(world: World, given: Parameters) -> Any:
    """Hold a message at the top."""
    chat = world.chat(given.number("chat_id")).check_open()
    chat.post(given.number("message_id"), "message to pin not found").pinned = True
    world.stir()
    return True


def answer_callback_query(world: World, given: Parameters) -> Any:
    """Give a tap its answer."""
    words = given.text("text") or ""
    if len(words) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    tap = world.open_tap(given.text("callback_query_id") or "")
    tap.answered, tap.toast, tap.alert = True, words or None, given.flag("show_alert")
    world.stir()
    return True


def get_file(world: World, given: Parameters) -> Any:
    """Say where a file can be fetched."""
    file_id = given.text("file_id") or ""
    if file_id not in world.files:
        raise bad("invalid file_id")
    name, content = world.files[file_id]
    if len(content) > world.download_limit:
        raise bad("file is too big")
    size = {"file_id": file_id, "file_unique_id": f"U{file_id}", "file_size": len(content)}
    return size | {"file_path": f"documents/{file_id}/{name}"}


def _send(world: World, given: Parameters, kind: str, words: str = "", marks: Any = (), **parts: Any) -> dict[str, Any]:
    chat = world.chat(given.number("chat_id")).check_open()
    reply = given.json("reply_parameters", dict)
    if reply is not None:
        chat.post(int(reply["message_id"]), "message to be replied not found")
        parts["reply_to"] = int(reply["message_id"])
    given.json("link_preview_options", dict)
    given.flag("protect_content")
    silent = given.flag("disable_notification")
    post = world.put(
        chat, world.bot_id, kind=kind, text=words, marks=marks, keyboard=given.keyboard(), silent=silent, **parts
    )
    return world.json_of(post)


def _upload(world: World, given: Parameters, name: str) -> tuple[str, bytes, dict[str, Any]]:
    if name in given.files:
        file_name, content = given.files[name]
        if not content:
            raise bad("file must be non-empty")
        return file_name, content, world.keep(file_name, content)
    known = given.text(name)
    if known is None:
        raise bad(f"there is no {name} in the request")
    if known not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    file_name, content = world.files[known]
    return file_name, content, {"file_id": known, "file_unique_id": f"U{known}", "file_size": len(content)}


def _own_post(world: World, given: Parameters) -> Post:
    chat = world.chat(given.number("chat_id")).check_open()
    if not given.text("message_id"):
        raise bad("message identifier is not specified")
    post = chat.post(given.number("message_id"), "message to edit not found")
    given.json("link_preview_options", dict)
    if post.author != world.bot_id:
        raise bad("message can't be edited")
    return post


def _edited(world: World, post: Post, keyboard: Any) -> dict[str, Any]:
    post.earlier_keyboards.append(post.keyboard)
    post.keyboard = keyboard
    post.edited = world.now()
    world.stir()
    return world.json_of(post)


METHODS: dict[str, tuple[Callable[[World, Parameters], Any], frozenset[str]]] = {
    name.lower(): (method, frozenset(parameters.split()))
    for name, method, parameters in (
        ("getMe", get_me, ""),
        ("deleteWebhook", delete_webhook, "drop_pending_updates"),
        ("setMyCommands", set_my_commands, "commands scope language_code"),
        ("sendMessage", send_message, _SENDING + "text link_preview_options"),
        ("sendContact", send_contact, _SENDING + "phone_number first_name"),
        ("sendDocument", send_document, _SENDING + "document caption"),
        ("sendPhoto", send_photo, _SENDING + "photo caption"),
        ("editMessageText", edit_message_text, "chat_id message_id text parse_mode reply_markup link_preview_options"),
        ("editMessageReplyMarkup", edit_message_reply_markup, "chat_id message_id reply_markup"),
        ("deleteMessage", delete_message, "chat_id message_id"),
        ("pinChatMessage", pin_chat_message, "chat_id message_id disable_notification"),
        ("answerCallbackQuery", answer_callback_query, "callback_query_id text show_alert"),
        ("getFile", get_file, "file_id"),
    )
}
"""Each method by its name in small letters (Telegram doesn't mind their size), with the parameters that it knows."""
