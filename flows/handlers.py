"""Handlers by type: what a topic does with a command or an event is registered beside the topic, and looked up here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, get_args, get_type_hints

State = TypeVar("State")
Thing = TypeVar("Thing")
Beside = ParamSpec("Beside")
Result = TypeVar("Result")


class Handlers(Generic[Beside, Result]):
    """A decorator, and what it has decorated: by the types of a handler's first two parameters, as they are annotated.

    The first is what is looked at or changed (a run, a matter), the second what is handled (a command, an event; several
    as a union). So nothing says twice for which type a handler is, and mypy checks the rest of its signature.
    """

    def __init__(self) -> None:
        """Begin without any handler."""
        self._handlers: dict[tuple[type, type], Callable[..., Result]] = {}

    def __call__(
        self, handler: Callable[Concatenate[State, Thing, Beside], Result]
    ) -> Callable[Concatenate[State, Thing, Beside], Result]:
        """Register a handler; TypeError if another has its types already."""
        state, things = [hint for name, hint in get_type_hints(handler).items() if name != "return"][:2]
        for thing in get_args(things) or (things,):
            if (state, thing) in self._handlers:
                raise TypeError(f"{handler.__qualname__}: {state.__name__} already has a handler of {thing.__name__}")
            self._handlers[state, thing] = handler
        return handler

    def __iter__(self) -> Iterator[tuple[type, type, Callable[..., Result]]]:
        """Give every handler with its two types."""
        return ((state, thing, handler) for (state, thing), handler in self._handlers.items())

    def of(self, state: Any, thing: Any) -> Callable[Beside, Result] | None:
        """Give the handler of two values, to be called with what it takes beside them; None if there is none."""
        handler = self._handlers.get((type(state), type(thing)))
        return None if handler is None else partial(handler, state, thing)
