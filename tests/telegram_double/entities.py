"""Telegram's HTML, read as strictly as Telegram reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.telegram_double.refusal import bad

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)")
_ATTRIBUTE = re.compile(r"""\s*([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


@dataclass(frozen=True)
class Entity:
    """A mark on ``length`` UTF-16 units of a text from ``offset`` on."""

    kind: str
    offset: int
    length: int
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the Bot API's MessageEntity."""
        found: dict[str, Any] = {"type": self.kind, "offset": self.offset, "length": self.length}
        return found | ({"url": self.url} if self.url else {})


def units(text: str) -> int:
    """Count the UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parsed(text: str, parse_mode: str | None) -> tuple[str, tuple[Entity, ...]]:
    """Give the plain text, trimmed, and the marks on it; raises Refusal for what Telegram can't parse."""
    if parse_mode is None:
        return text.strip(), ()
    if parse_mode.lower() != "html":
        raise bad("unsupported parse_mode")
    return _Reading(text).result()


class _Reading:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.words = ""
        self.open: list[tuple[str, int, str | None]] = []
        self.entities: list[Entity] = []

    def result(self) -> tuple[str, tuple[Entity, ...]]:
        while self.place < len(self.source):
            if self.source[self.place] == "<":
                self._tag()
            elif (reference := _REFERENCE.match(self.source, self.place)) is not None:
                self.words += _character(reference)
                self.place = reference.end()
            else:
                self.words += self.source[self.place]
                self.place += 1
        if self.open:
            raise self._broken(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        blanks = units(self.words) - units(self.words.lstrip())
        trimmed = self.words.strip()
        whole = units(trimmed)
        shifted = []
        for mark in self.entities:
            begin = max(mark.offset - blanks, 0)
            length = min(mark.offset + mark.length - blanks, whole) - begin
            if length > 0:
                shifted.append(Entity(mark.kind, begin, length, mark.url))
        return trimmed, tuple(sorted(shifted, key=lambda mark: (mark.offset, -mark.length, mark.kind)))

    def _tag(self) -> None:
        begin = self.place
        tag = _TAG.match(self.source, begin)
        assert tag is not None
        name = tag[2].lower()
        self.place = tag.end()
        if tag[1]:
            self._end(name, begin)
        else:
            self._start(name, begin)

    def _start(self, name: str, begin: int) -> None:
        attributes: dict[str, str] = {}
        if name not in _KINDS:
            raise self._broken(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        while self.place < len(self.source) and self.source[self.place] != ">":
            found = _ATTRIBUTE.match(self.source, self.place)
            if found is None:
                raise self._broken(f"Unexpected end of name token at byte offset {self._bytes(self.place)}")
            attributes[found[1].lower()] = found[2] or found[3] or found[4] or ""
            self.place = found.end()
        if self.place >= len(self.source):
            raise self._broken(f'Unclosed start tag "{name}" at byte offset {self._bytes(begin)}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._broken(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.place += 1
        url = _REFERENCE.sub(_character, attributes["href"]) if name == "a" and "href" in attributes else None
        self.open.append((name, units(self.words), url))

    def _end(self, name: str, begin: int) -> None:
        if not self.open:
            raise self._broken(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        opened, offset, url = self.open.pop()
        if name not in ("", opened):
            raise self._broken(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened}>", found "</{name}>"'
            )
        if self.source[self.place : self.place + 1] != ">":
            raise self._broken(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.place += 1
        length = units(self.words) - offset
        if length and (opened != "a" or url):
            self.entities.append(Entity(_KINDS[opened], offset, length, url))

    def _bytes(self, place: int) -> int:
        return len(self.source[:place].encode())

    def _broken(self, what: str) -> Exception:
        return bad(f"can't parse entities: {what}")


def _character(reference: re.Match[str]) -> str:
    if reference[1]:
        return _NAMED[reference[1]]
    return chr(int(reference[2]) if reference[2] else int(reference[3], 16))
