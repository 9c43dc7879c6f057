"""What a button asks of the bot itself: a class for each request, kept in the button's bytes like a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, dataclass_transform, get_args, get_origin, get_type_hints

from playbooks.frozen import frozen

ASKS = "menu"
"""The first word of a button that asks the bot itself (``menu|language|en``); no command has it as its verb."""

REQUESTS: list[type[Request]] = []
"""All classes of requests, as their modules are imported."""


@dataclass_transform(frozen_default=True)
class Request:
    """Something that a tap asks of the bot itself: a frozen dataclass of ``str``, ``int`` and ``date``.

    ``class ShowYear(Request, kept="drills|year|{year}", label="button.drills_year")``. ``kept`` are the words that stand in
    the button, a field in braces; old screens hold them, so they are never changed nor given to another. ``label`` is
    the phrase on the button, which may name a field, too (``"button.{what}"``); without one the button is called by what
    it is about. A field that can only be one of a few says so: ``Literal["yes", "no"]``, ``Annotated[str, LANGUAGES]``.
    """

    kept: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str] = ""

    def __init_subclass__(cls, *, kept: str = "", label: str = "") -> None:
        """Make the class a dataclass and, unless it is only what several have in common, one of the requests."""
        frozen(cls)
        cls.kept, cls.label = tuple(kept.split("|")), label
        if kept:
            REQUESTS.append(cls)

    @property
    def data(self) -> str:
        """Give what stands in the button."""
        return "|".join([ASKS, *(word.format_map(vars(self)) for word in self.kept)])

    @property
    def phrase(self) -> str:
        """Name the phrase on the button."""
        return self.label.format_map(vars(self))

    @classmethod
    def read(cls, words: Sequence[str]) -> Self | None:
        """Read the words of a button; None if they are not this request's."""
        pairs, hints = list(zip(cls.kept, words, strict=True)), get_type_hints(cls, include_extras=True)
        if any(word != kept for kept, word in pairs if not kept.startswith("{")):
            return None
        try:
            return cls(**{k[1:-1]: _value(hints[k[1:-1]], word) for k, word in pairs if k.startswith("{")})
        except ValueError:
            return None


def request_of(data: str) -> Request | None:
    """Read a button's data back; None for what no button of ours ever asked."""
    first, *words = data.split("|")
    if first != ASKS:
        return None
    read = (cls.read(words) for cls in REQUESTS if len(cls.kept) == len(words))
    return next((request for request in read if request is not None and request.data == data), None)


def one_of(hint: Any) -> Sequence[object]:
    """Give the values that a field's annotation allows; nothing where any will do."""
    match get_origin(hint):
        case origin if origin is Literal:
            return get_args(hint)
        case origin if origin is Annotated:
            return tuple(get_args(hint)[1])
        case _:
            return ()


_READ: dict[object, Callable[[str], object]] = {int: int, date: date.fromisoformat}


def _value(hint: Any, word: str) -> object:
    kind = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    value, allowed = _READ.get(kind, str)(word), one_of(hint)
    if allowed and value not in allowed:
        raise ValueError(word)
    return value
