"""Acts of people, found by walking: every command is given, every button tapped that shows up, every question answered.

A walk goes where the screens lead it. It is written down as what each person did, so that it can be gone again, by
somebody under whom the disk fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.channel import Attachment, Button, Heard
from bot.demo.play import picture
from tests.clinic import Clinic

ANSWERS = ("山本", "12", "9:10 に電話して、つながりました", "2027-05-10", "はい")
"""What people write where something is awaited, one after the other until it is taken."""

SAID = ("", "9:05 に保守会社へ電話しました", "電子カルテが動かない、画面に英語が出てる", "お昼は何にしますか")
"""What people say by themselves: a picture without a word, a note, a report, and something that may be either."""

_NAMES = re.compile(r"(?<=\|)(m\d+|[0-9a-f]{6,}|\d[\d:-]*|(incident|drill)-\d+|drill:[^|]*)(?=\||$)")


@dataclass(frozen=True)
class Step:
    """One act of a walk: a tap on a button of this label, else a text, else a picture.

    ``kind`` is the same for acts that ask for the same about other things.
    """

    who: str
    kind: str
    text: str = ""
    label: str = ""


def kind_of(button: Button) -> str:
    """Give what a button asks, without the numbers and people that it asks it about."""
    return _NAMES.sub("#", button.data)


def buttons_of(clinic: Clinic, who: str) -> list[Button]:
    """Give the buttons on somebody's screens, the newest message first."""
    messages = reversed(clinic.stage.terminal(clinic.id(who))._buttons.values())
    return [button for buttons in messages for button in buttons]


def awaited(clinic: Clinic, who: str) -> str | None:
    """Say for what somebody's next text is awaited, if it is."""
    member, house = clinic.id(who), clinic.engine.house
    asked = house.waiting_for.get(member)
    if asked is not None:
        return house.asked[asked].what
    return next((run.asking[member].what for run in clinic.engine.live_runs() if member in run.asking), None)


class Walk:
    """Finds steps that nobody has taken yet, in a clinic as it stands; ``known`` are the kinds of steps that were taken."""

    def __init__(self, clinic: Clinic, people: tuple[str, ...]) -> None:
        self.clinic, self.people, self.known = clinic, people, set[str]()
        words = {word for desk in clinic.stage.lamp.desk.desks for word in desk.commands}
        self._lines = iter([(who, line) for line in (*SAID, *sorted(words)) for who in people])
        self._answered: dict[tuple[str, str], int] = {}

    def next(self) -> Step | None:
        """Give the next step: an answer that is awaited, else a button, else a command; None when all was tried."""
        return self._answer() or self._tap() or self._line() or self._tap(ending=True)

    def _answer(self) -> Step | None:
        for who in self.people:
            what = awaited(self.clinic, who)
            if what is not None:
                tried = self._answered[who, what] = self._answered.get((who, what), -1) + 1
                if tried < len(ANSWERS):
                    return Step(who, f"text for {what}", ANSWERS[tried])
        return None

    def _tap(self, *, ending: bool = False) -> Step | None:
        for who in self.people:
            for button in buttons_of(self.clinic, who):
                kind = kind_of(button)
                if kind not in self.known and bool(_ENDING.match(kind)) == ending:
                    return Step(who, kind, label=button.label)
        return None

    def _line(self) -> Step | None:
        for who, line in self._lines:
            return Step(who, f"{line} by {who}", line)
        return None


_ENDING = re.compile(r"(cls|end|sgn)\||menu\|(real|pick\|#\|real|left|suspend)")
"""Buttons by which a run ends, or by which people are gone: they are tapped when all else was tried."""


def heard(clinic: Clinic, step: Step, cause: str, folder: Path) -> Heard:
    """Let somebody take a step in this clinic: the tap is on the newest button of that kind and label."""
    if step.label:
        found = next(b for b in buttons_of(clinic, step.who) if (kind_of(b), b.label) == (step.kind, step.label))
        return clinic.act(step.who, cause=cause, button=found.data)
    if step.text:
        return clinic.act(step.who, cause=cause, text=step.text)
    path = folder / "screen.png"
    path.write_bytes(picture())
    reference = clinic.stage.terminal(clinic.id(step.who))._remember(path)
    return clinic.act(step.who, cause=cause, attachment=Attachment("photo", reference, path.name, path.stat().st_size))


def walked(walk: Walk, at_most: int) -> Iterator[Step]:
    """Give steps, each to be taken before the next is asked for."""
    for _ in range(at_most):
        step = walk.next()
        if step is None:
            return
        walk.known.add(step.kind)
        yield step
