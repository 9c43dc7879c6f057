"""Values that nothing changes: frozen dataclasses of which there can be hundreds without a start that waits for them."""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, dataclass, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type[Any])


@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(cls: _Class) -> _Class:
    """Make a class what ``@dataclass(frozen=True)`` makes of it, in a fraction of the time.

    ``dataclass`` writes and compiles six methods for each class, a third of what a start took. The only one that must be written
    for its class is ``__init__``, and it is compiled when the first value is made: most classes of a process never have one.
    """
    dataclass(init=False, repr=False, eq=False)(cls)
    names = [each.name for each in fields(cls) if each.compare]
    values = attrgetter(*names) if names else lambda _: ()

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        parts = [(each.name, each.type, each) for each in fields(cls)]
        made = make_dataclass(cls.__name__, parts, repr=False, eq=False, frozen=True)
        cls.__init__ = made.__init__  # type: ignore[misc]  # of this very class
        cls.__init__(self, *args, **kwargs)

    def equal(self: Any, other: object) -> bool:
        return bool(values(self) == values(other)) if other.__class__ is self.__class__ else NotImplemented

    def digest(self: Any) -> int:
        return hash(values(self))

    methods = {
        "__init__": init,
        "__eq__": equal,
        "__hash__": digest,
        "__repr__": _shown,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name in methods.keys() - vars(cls).keys():
        setattr(cls, name, methods[name])
    return cls


def _shown(self: Any) -> str:
    parts = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({parts})"


def _refuse(_self: Any, name: str, *_value: object) -> NoReturn:
    raise FrozenInstanceError(f"{name!r} stays as it was made")
