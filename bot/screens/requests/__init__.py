"""What a button asks of the bot itself: a class for each request, kept in the button's 64 bytes like a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, get_type_hints

REQUESTS: dict[tuple[str, ...], type[Request]] = {}
"""The classes of requests by the words with which their buttons begin."""


@dataclass(frozen=True)
class Request:
    """Something that a tap asks of the bot. Fields are ``str`` or ``int``, in the order in which the button holds them.

    ``class ShowDrill(Request, words="drill|show", label="button.drill_show")``: ``words`` begin its button and are never
    given to another request, since old screens still hold them; ``label`` is the phrase that stands on the button.
    """

    words: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str] = ""

    def __init_subclass__(cls, *, words: str, label: str = "") -> None:
        """Make the class known under its words; TypeError if another one has them."""
        cls.words, cls.label = tuple(words.split("|")), label
        if REQUESTS.setdefault(cls.words, cls) is not cls:
            raise TypeError(f"two requests begin with {words}")

    @property
    def data(self) -> tuple[str, ...]:
        """Give the words of its button: those that name it, then its fields."""
        return (*self.words, *(str(getattr(self, f.name)) for f in fields(self)))


def request_of(data: tuple[str, ...]) -> Request | None:
    """Read the words of a button back, the longest beginning first; None for what no button of ours ever held."""
    for length in range(len(data), 0, -1):
        cls = REQUESTS.get(data[:length])
        if cls is not None and len(fields(cls)) == len(data) - length:
            return _filled(cls, data[length:])
    return None


def _filled(cls: type[Request], values: tuple[str, ...]) -> Request | None:
    types: Mapping[str, Any] = get_type_hints(cls)
    try:
        return cls(**{f.name: types[f.name](value) for f, value in zip(fields(cls), values, strict=True)})
    except ValueError:
        return None
