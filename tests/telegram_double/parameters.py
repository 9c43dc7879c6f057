"""What a call of the Bot API brought, read with the types that Telegram expects."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.telegram_double.entities import Entity, parsed, units
from tests.telegram_double.refusal import bad

Keyboard = tuple[tuple[dict[str, str], ...], ...]
DATA_LIMIT = 64
BUTTON_LIMIT = 100


class Parameters:
    """The parameters of one call as text, and the files it uploaded as (name, bytes)."""

    def __init__(self, values: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> None:
        self.values = values
        self.files = files or {}

    @classmethod
    def of(cls, content_type: str, body: bytes, query: str = "") -> Parameters:
        """Read a body in any of the three forms that the Bot API takes, and the query of the address."""
        values = dict(parse_qsl(query, keep_blank_values=True))
        if content_type.startswith("multipart/form-data"):
            files: dict[str, tuple[str, bytes]] = {}
            head = f"Content-Type: {content_type}\r\n\r\n".encode()
            for part in message_from_bytes(head + body, policy=policy.HTTP).iter_parts():
                name = str(part.get_param("name", header="content-disposition"))
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                if part.get_filename() is not None:
                    files[name] = (str(part.get_filename()), content)
                else:
                    values[name] = content.decode()
            return cls(values, files)
        if content_type.startswith("application/json"):
            given = json.loads(body or b"{}")
            return cls(
                values | {key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items()}
            )
        return cls(values | dict(parse_qsl(body.decode(), keep_blank_values=True)))

    def text(self, name: str) -> str | None:
        """Give a text, or None when it was not sent."""
        return self.values.get(name)

    def number(self, name: str, default: int | None = None) -> int:
        """Give a whole number."""
        given = self.values.get(name)
        if given is None and default is not None:
            return default
        try:
            return int(given or "")
        except ValueError:
            raise bad(
                f"{'chat_id is empty' if name == 'chat_id' and not given else f'invalid {name} specified'}"
            ) from None

    def flag(self, name: str) -> bool:
        """Give a yes or no; Telegram takes true and false, 1 and 0."""
        given = self.values.get(name, "false").lower()
        if given not in ("true", "false", "1", "0"):
            raise bad(f'field "{name}" must be of type Boolean')
        return given in ("true", "1")

    def json(self, name: str, kind: type[list[Any] | dict[str, Any]]) -> Any:
        """Give a list or an object, or None when it was not sent."""
        given = self.values.get(name)
        if given is None:
            return None
        try:
            found = json.loads(given)
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None
        if not isinstance(found, kind):
            raise bad(f'field "{name}" must be of type {"Array" if kind is list else "Object"}')
        return found

    def words(self, name: str, *, limit: int, empty: str | None, long: str) -> tuple[str, tuple[Entity, ...]]:
        """Give a text with its marks; ``empty`` and ``long`` are what is said of one that has nothing or too much."""
        words, marks = parsed(self.values.get(name, ""), self.values.get("parse_mode"))
        if not words and empty is not None:
            raise bad(empty)
        if units(words) > limit:
            raise bad(long)
        return words, marks

    def keyboard(self) -> Keyboard:
        """Give the inline keyboard; empty when there is none."""
        markup = self.json("reply_markup", dict)
        if markup is None:
            return ()
        rows = markup.get("inline_keyboard")
        if not isinstance(rows, list) or set(markup) != {"inline_keyboard"}:
            raise bad("the double knows inline keyboards only")
        found = tuple(tuple(_button(button) for button in _row(row)) for row in rows)
        if sum(len(row) for row in found) > BUTTON_LIMIT:
            raise bad("reply markup is too long")
        return tuple(row for row in found if row)


def _row(row: Any) -> list[Any]:
    if not isinstance(row, list):
        raise bad('can\'t parse inline keyboard: field "inline_keyboard" must be an Array of Arrays')
    return row


def _button(button: Any) -> dict[str, str]:
    if not isinstance(button, dict) or not all(isinstance(value, str) for value in button.values()):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not button.get("text", "").strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be of type String')
    if button.get("url"):
        url = urlsplit(button["url"])
        if url.scheme not in ("http", "https", "tg"):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol")
        if url.scheme != "tg" and "." not in (url.hostname or ""):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif not button.get("callback_data"):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    elif len(button["callback_data"].encode()) > DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
    if unknown := set(button) - {"text", "url", "callback_data"}:
        raise bad(f"the double doesn't know {sorted(unknown)} of a button")
    return button
