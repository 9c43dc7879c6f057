"""The demo by hand: one keyboard for all people of the made-up clinic, and a clock that jumps."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot.demo.play import Cast, open_demo
from bot.phrasing import in_all, phrase
from playbooks.model import FacilityKind
from playbooks.texts import LANGUAGES, Language, everywhere


async def by_hand(
    folder: Path,
    start: datetime,
    kind: FacilityKind,
    say: Callable[[str], None],
    read_line: Callable[[], Awaitable[str | None]],
    language: Language = LANGUAGES[0],
    ask: Callable[[str], None] = lambda name: None,
) -> None:
    """Let one person play everybody until the input ends; ``ask`` shows, before each line, as whom it will be said."""
    cast = open_demo(folder, start, lambda member, text: show(member, text), kind, language)  # noqa: PLW0108  (show needs the cast)
    stage = cast.stage
    me = cast.members["reception"]

    def show(member: str, text: str) -> None:
        if not begun:
            return  # what greeted everybody when they came in, buttons of others among it, is nothing to begin with
        at = stage.home.engine.roster().facility.local(stage.clock.now())
        say(f"{at:%H:%M} {cast.names[member]} < {text}\n")

    begun = False
    await stage.settle()
    begun = True
    say(_introduction(cast))
    ask(cast.names[me])
    while (line := await read_line()) is not None:
        line = line.strip()
        if line.startswith("@"):
            me = _named(cast, line[1:]) or me
            say(phrase("demo.speaking", name=cast.names[me]).in_language(cast.language))
        elif moved := re.fullmatch(r"\+(\d{1,4})", line):
            await stage.wait(int(moved[1]))
        elif line:
            await stage.say(me, line)
        ask(cast.names[me])
    stage.home.close()


def _introduction(cast: Cast) -> str:
    """Say in every language what one can do."""
    how = phrase(
        "living.how",
        name=cast.names[cast.members["reception"]],
        example=phrase("demo.first.ransomware"),
        other=cast.names[cast.members["nurse"]],
        names="、".join(cast.names.values()),
    )
    welcome = phrase("living.welcome", facility=cast.stage.home.engine.roster().facility.name)
    return "\n".join((in_all(welcome), *everywhere(how).values(), ""))


def _named(cast: Cast, part: str) -> str | None:
    return next((m for m, name in cast.names.items() if part and part in name), None)
