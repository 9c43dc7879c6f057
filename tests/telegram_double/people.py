"""Phones: what a person does in a chat with the bot, and what the person sees there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram_double.chats import Chat, Post
from tests.telegram_double.world import World

if TYPE_CHECKING:
    from tests.telegram_double.double import TelegramDouble


@dataclass(frozen=True)
class OnScreen:
    """A message as a person sees it now; ``who`` is a name, or ``bot``. ``rows`` are the labels of the buttons."""

    id: int
    who: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    silent: bool = False
    edited: bool = False
    pinned: bool = False
    reply_to: int | None = None
    kind: str = "text"
    file: tuple[str, bytes] | None = None
    contact: tuple[str, str] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Give all labels, row after row."""
        return tuple(label for row in self.rows for label in row)

    def __str__(self) -> str:
        buttons = " ".join(f"[{label}]" for label in self.labels)
        return f"{self.id} {self.who}: {self.text or f'({self.kind})'} {buttons}".rstrip()


class Phone:
    """A person's phone, open at one chat: the private one with the bot, or a group."""

    def __init__(self, world: TelegramDouble, user: int, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self.id = user

    # What the person does

    def writes(self, text: str, reply_to: int | None = None) -> int:
        """Write words; gives the message's id."""
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        media = {"entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]} if command else {}
        return self._says(text=text, reply_to=reply_to, media=media)

    def sends_photo(
        self, content: bytes, caption: str = "", *, album: str | None = None, reply_to: int | None = None
    ) -> int:
        """Send a picture; Telegram makes a small copy of it as well, with other bytes."""
        small = self._world.keep("photo.jpg", b"\xff\xd8\xffsmall") | {"width": 90, "height": 68}
        large = self._world.keep("photo.jpg", content) | {"width": 1280, "height": 960}
        return self._says(kind="photo", text=caption, album=album, reply_to=reply_to, media={"photo": [small, large]})

    def sends_file(self, name: str, content: bytes, caption: str = "", *, album: str | None = None) -> int:
        """Send a file as it is."""
        document = self._world.keep(name, content) | {"file_name": name}
        return self._says(kind="document", text=caption, album=album, media={"document": document})

    def sends(self, kind: str, body: Any) -> int:
        """Send anything else, as the Bot API's Message holds it: ``sends("dice", {"emoji": "🎲", "value": 3})``."""
        return self._says(kind=kind, media={kind: body})

    def sends_sticker(self) -> int:
        """Send a sticker."""
        size = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.sends("sticker", self._world.keep("sticker.webp", b"RIFF") | size)

    def sends_voice(self, content: bytes = b"OggS") -> int:
        """Send a spoken message."""
        return self.sends("voice", self._world.keep("voice.ogg", content) | {"duration": 3})

    def sends_video(self, content: bytes = b"ftyp") -> int:
        """Send a film."""
        return self.sends("video", self._world.keep("film.mp4", content) | {"width": 640, "height": 480, "duration": 3})

    def sends_location(self) -> int:
        """Send a place."""
        return self.sends("location", {"latitude": 35.68, "longitude": 139.76})

    def sends_contact(self, name: str, number: str) -> int:
        """Send somebody's card."""
        return self.sends("contact", {"phone_number": number, "first_name": name})

    def edits(self, message_id: int, text: str) -> None:
        """Change an own message."""
        post = self._chat.posts[message_id]
        assert post.author == self.id, f"{message_id} is not the person's own message"
        post.text, post.edited = text, self._world.now()
        self._world.tell_bot("edited_message", self._world.json_of(post))

    def taps(self, label: str) -> str:
        """Tap the newest button with this label; gives the tap's id. AssertionError with the screen if there is none."""
        for post in reversed(list(self._chat.posts.values())):
            if (button := _button(post.keyboard, label)) is not None:
                return self._taps(post, button)
        raise AssertionError(f"no button [{label}] on the screen:\n{self.described()}")

    def taps_on(self, message_id: int, label: str) -> str:
        """Tap a button of this message, also one that an edit took away a moment ago and the phone still showed."""
        post = self._chat.posts[message_id]
        for keyboard in (post.keyboard, *reversed(post.earlier_keyboards)):
            if (button := _button(keyboard, label)) is not None:
                return self._taps(post, button)
        raise AssertionError(f"message {message_id} never had a button [{label}]:\n{self.described()}")

    def blocks_bot(self) -> None:
        """Block the bot; it can't write here any more."""
        self._chat.shut = "bot was blocked by the user"
        self._member("member", "kicked")

    def unblocks_bot(self) -> None:
        """Let the bot write again."""
        self._chat.shut = None
        self._member("kicked", "member")

    def deletes_account(self) -> None:
        """Leave Telegram for good."""
        self._chat.shut = "user is deactivated"

    # What the person sees

    def screen(self) -> list[OnScreen]:
        """Give the messages as they stand, the oldest first."""
        return [_seen(self._world, post) for post in self._chat.posts.values()]

    def from_bot(self) -> list[OnScreen]:
        """Give the bot's messages only."""
        return [seen for seen in self.screen() if seen.who == "bot"]

    def described(self) -> str:
        """Give the screen as lines of text, for a failing test to show."""
        return "\n".join(str(seen) for seen in self.screen()) or "(nothing)"

    @property
    def toasts(self) -> list[str]:
        """Give the answers to this person's taps that had words, in the order of the taps."""
        return [tap.toast for tap in self._world.taps.values() if tap.user == self.id and tap.toast is not None]

    async def sees(self, words: str, *, within: float = 5.0) -> OnScreen:
        """Wait until the bot has a message here that contains ``words``, and give the newest such."""

        def found() -> list[OnScreen]:
            return [seen for seen in self.from_bot() if words in seen.text]

        await self._world.until(lambda: bool(found()), within=within, what=f"{self.id} sees {words!r}")
        return found()[-1]

    async def sees_button(self, label: str, *, within: float = 5.0) -> OnScreen:
        """Wait until a message here has this button, and give the newest such."""

        def found() -> list[OnScreen]:
            return [seen for seen in self.from_bot() if label in seen.labels]

        await self._world.until(lambda: bool(found()), within=within, what=f"{self.id} sees [{label}]")
        return found()[-1]

    # Private methods

    def _says(self, **parts: Any) -> int:
        chat = self._chat
        assert chat.shut != "bot was blocked by the user", "a person who blocked the bot can't write to it"
        assert chat.shut != "user is deactivated", "a person without an account can't write"
        chat.shut = None
        post = self._world.put(chat, self.id, **parts)
        self._world.tell_bot("message", self._world.json_of(post))
        return post.id

    def _taps(self, post: Post, button: dict[str, str]) -> str:
        assert "callback_data" in button, (
            f"[{button['text']}] is a link to {button.get('url')}; the bot never hears of it"
        )
        return self._world.tap(self.id, post, button["callback_data"]).id

    def _member(self, old: str, new: str) -> None:
        self._world.tell_bot("my_chat_member", change_json(self._world, self._chat, self.id, old, new))


class Group:
    """A group that the bot may be in."""

    def __init__(self, world: TelegramDouble, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self.id = chat.id

    def phone(self, person: Phone) -> Phone:
        """Give the person's phone, open at this group."""
        return Phone(self._world, person.id, self._chat)

    def adds_bot(self, by: Phone) -> None:
        """Bring the bot in."""
        self._chat.shut = None
        self._world.tell_bot("my_chat_member", change_json(self._world, self._chat, by.id, "left", "member"))
        post = self._world.put(
            self._chat, by.id, kind="service", media={"new_chat_members": [self._world.user(self._world.bot_id)]}
        )
        self._world.tell_bot("message", self._world.json_of(post))

    def removes_bot(self, by: Phone) -> None:
        """Throw the bot out."""
        self._chat.shut = "bot was kicked from the group chat"
        self._world.tell_bot("my_chat_member", change_json(self._world, self._chat, by.id, "member", "kicked"))


def change_json(world: World, chat: Chat, by: int, old: str, new: str) -> dict[str, Any]:
    """Give the Bot API's ChatMemberUpdated about the bot."""
    bot = world.user(world.bot_id)
    return {
        "chat": chat.as_json(),
        "from": world.user(by),
        "date": int(world.now().timestamp()),
        "old_chat_member": {"status": old, "user": bot} | ({"until_date": 0} if old == "kicked" else {}),
        "new_chat_member": {"status": new, "user": bot} | ({"until_date": 0} if new == "kicked" else {}),
    }


def _button(keyboard: tuple[tuple[dict[str, str], ...], ...], label: str) -> dict[str, str] | None:
    return next((button for row in keyboard for button in row if button["text"] == label), None)


def _seen(world: World, post: Post) -> OnScreen:
    card = post.media.get("contact")
    return OnScreen(
        id=post.id,
        who="bot" if post.author == world.bot_id else world.users[post.author],
        text=post.text,
        rows=tuple(tuple(button["text"] for button in row) for row in post.keyboard),
        silent=post.silent,
        edited=post.edited is not None,
        pinned=post.pinned,
        reply_to=post.reply_to,
        kind=post.kind,
        file=post.file,
        contact=(card["first_name"], card["phone_number"]) if card else None,
    )
