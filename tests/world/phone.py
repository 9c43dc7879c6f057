"""A phone: the messages as they stand on it, what of them is unread, and how much was shown when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from tests.world.words import ASKS_TEXT, RINGS, meaning

_TAG = re.compile(r"</?[a-z][^>]*>")
_LINE = re.compile(r"^([①-⑳]) (.+)$", re.MULTILINE)
_BOLD = re.compile(r"<b>(.+?)</b>", re.DOTALL)
_QUOTED = re.compile(r"^「(.+)」$", re.MULTILINE)


def plain(html: str) -> str:
    """Give what is read, without markup."""
    return unescape(_TAG.sub("", html))


def characters(text: str) -> int:
    """Count what has to be read."""
    return len(re.sub(r"\s", "", text))


@dataclass
class Shown:
    """A message as it stands now. ``unread`` counts the characters that were not read yet, ``version`` its changes."""

    id: str
    html: str
    buttons: dict[str, str]
    wants_text: bool
    picture: bool
    silent: bool
    unread: int
    version: int = 0
    unseen: frozenset[str] = frozenset()
    """The lines and buttons of it that nobody has read yet; what an edit takes away before that is never read."""

    @property
    def text(self) -> str:
        """Give its words."""
        return plain(self.html)

    @property
    def ask(self) -> str:
        """Give the words that ask for something: those in bold, else those quoted, else all."""
        return "".join(map(plain, _BOLD.findall(self.html))) or "".join(_QUOTED.findall(self.text)) or self.text

    @property
    def lines(self) -> dict[str, str]:
        """Give the lines of a card by their numbers."""
        return dict(_LINE.findall(self.text))

    @property
    def means(self) -> dict[str, str]:
        """Give the first button of each meaning."""
        found: dict[str, str] = {}
        for label in self.buttons:
            found.setdefault(meaning(label), label)
        return found

    @property
    def board(self) -> bool:
        """Whether it only shows where things stand."""
        return self.silent and not RINGS.search(self.text)

    @property
    def asks(self) -> bool:
        """Whether its reader has to deal with it."""
        wants = any(meaning(label) != "optional" for label in self.buttons)
        return not self.board and (wants or self.wants_text or bool(ASKS_TEXT.search(self.text)))


@dataclass
class Phone:
    """Somebody's phone. ``tally`` is what was shown and done, as (second, what, how much)."""

    now: Callable[[], float]
    watch: Callable[[str], None] = lambda _: None
    messages: dict[str, Shown] = field(default_factory=dict)
    tally: list[tuple[float, str, int]] = field(default_factory=list)
    toasts: int = 0
    changes: int = 0

    def receive(self, message: Any, new_id: str) -> str:
        """Show a message, or change one in place; only what changed is unread then."""
        buttons = {b.label: b.data for row in message.rows for b in row if not getattr(b, "url", None)}
        before = self.messages.get(message.replaces or "")
        seen = set(before.text.splitlines()) | set(before.buttons) if before else set[str]()
        read = [*plain(message.text).splitlines(), *buttons, *(message.contact or ())]
        fresh = sum(characters(line) for line in read if line not in seen)
        unseen = frozenset(read) - seen | (before.unseen if before and before.unread else frozenset())
        id_ = message.replaces or new_id
        shown = Shown(
            id_,
            message.text,
            buttons,
            message.wants_text,
            message.picture is not None,
            message.silent,
            sum(characters(line) for line in read if line in unseen),
            before.version + 1 if before else 0,
            unseen,
        )
        self.messages[id_] = shown
        self.changes += 1
        self.watch(f"{'~' if before else '<'} {shown.text!r} {list(buttons)}")
        self._count("characters", fresh)
        if before is None:
            self._count("messages", 1)
            self._count("screens", int(shown.asks))
        return id_

    def acts(self) -> None:
        """Count one tap, tick, text or photo."""
        self._count("acts", 1)

    def _count(self, what: str, much: int) -> None:
        if much:
            self.tally.append((self.now(), what, much))

    def figures(self, minutes: float) -> dict[str, int]:
        """Sum up the first minutes."""
        found = Counter(dict.fromkeys(("messages", "characters", "screens", "acts"), 0))
        for at, what, much in self.tally:
            if at <= minutes * 60:
                found[what] += much
        return dict(found)
