"""DER, the strict encoding of ASN.1 (X.690): read by whoever knows what comes next, and written."""

from __future__ import annotations

from typing import Final

SEQUENCE, SET, INTEGER, OCTETS, NULL, OID, BOOLEAN, TIME = 0x30, 0x31, 0x02, 0x04, 0x05, 0x06, 0x01, 0x18
OPTION: Final = 0xA0
"""The tag of what may be there or not: ``[0]``, ``[1]`` the next one, and so on."""


class Der:
    """Bytes that are read from their beginning; whatever is not what was asked for, or not as DER writes it, is a ValueError."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def more(self) -> bool:
        """Whether there is more to read."""
        return self._at < len(self._data)

    def whole(self, tag: int) -> bytes:
        """Take the next thing, its head included."""
        begin, at = self._at, self._at + 2
        head = self._data[begin:at]
        if len(head) < 2 or head[0] != tag:
            raise ValueError(f"no {tag:#x} at {begin}")
        size = head[1]
        if size >= 0x80:
            long = self._data[at : at + size - 0x80]
            size = int.from_bytes(long, "big")
            at += len(long)
            if not 1 <= len(long) <= 4 or size < 0x80 or long[0] == 0:
                raise ValueError(f"no length at {begin}")
        if at + size > len(self._data):
            raise ValueError(f"cut at {begin}")
        self._from, self._at = at, at + size
        return self._data[begin : self._at]

    def take(self, tag: int) -> bytes:
        """Take what the next thing holds."""
        self.whole(tag)
        return self._data[self._from : self._at]

    def inside(self, tag: int = SEQUENCE) -> Der:
        """Go into the next thing."""
        return Der(self.take(tag))

    def maybe(self, tag: int) -> Der | None:
        """Go into the next thing if it has this tag."""
        return self.inside(tag) if self.is_next(tag) else None

    def is_next(self, tag: int) -> bool:
        """Say whether the next thing has this tag."""
        return self._data[self._at : self._at + 1] == bytes([tag])

    def end(self) -> None:
        """Look that nothing follows."""
        if self.more:
            raise ValueError(f"more at {self._at}")


def written(tag: int, *contents: bytes) -> bytes:
    """Write a thing out of what it holds."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    long = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 + len(long)]) + long + content


def number(value: int) -> bytes:
    """Write a whole number, none below zero."""
    return written(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))
