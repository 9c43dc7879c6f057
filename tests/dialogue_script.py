"""Transcripts as data: who types or taps what, and what each person then sees.

::

    （登場: 院長の高橋、代行者の田中、受付の佐藤、看護師の鈴木、職員の山本（Telegramなし））
    09:00  佐藤   > 電子カルテが動かない          佐藤 types (a photo: （写真）)
           佐藤   < どんな様子ですか？            佐藤 sees a new message; lines below it go on
                  [停電] [わからない]            and these are its buttons
    09:01  佐藤   > [停電]                      佐藤 taps
           全員   < 🚨 報告: …                  everybody sees; `…` stands for any rest
    09:11  (時計)                              the clock moves, minute by minute

Without （登場 …） nobody is enrolled yet, and 高橋 holds the director's code; `CODE` in what is typed is the newest code
that anybody was given. Messages that an edit only changed are no lines; the short answer to a tap is one, in ( ), unless it
is the plain 「記録しました」. Lines of different people after one act may stand in any order, those of one person not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

EVERYBODY = "全員"
CLOCK = "(時計)"
SILENT_TOASTS = frozenset({"(記録しました)", "(Recorded)"})

_ENTRY = re.compile(r"(?P<time>\d\d:\d\d|\s{5})  (?P<who>\S+)\s+(?P<sign>[<>]) (?P<text>.*)")
_CLOCK = re.compile(r"(?P<time>\d\d:\d\d)  \(時計\)")
_CAST = re.compile(r"（登場: (?P<people>.*)）")
_BUTTONS = re.compile(r"(?:^|(?<=\s))((?:\[[^\[\]]+\]\s*)+)$")
_WITHOUT_TELEGRAM = "（Telegramなし）"


@dataclass(frozen=True)
class Seen:
    """A new message as a person sees it: plain words without empty lines, and the labels of its buttons."""

    who: str
    text: str
    buttons: tuple[str, ...] = ()

    @classmethod
    def of(cls, who: str, text: str, buttons: tuple[str, ...] = ()) -> Seen:
        """Make one from a text as it stands on a screen."""
        return cls(who, "\n".join(line.strip() for line in text.splitlines() if line.strip()), buttons)

    def __str__(self) -> str:
        lines = self.text.splitlines()
        if self.buttons:
            lines.append(" ".join(f"[{label}]" for label in self.buttons))
        return f"       {self.who}   < " + f"\n{' ' * 14}".join(lines)


@dataclass
class Expected:
    """A message that the transcript tells of; ``who`` may be several people, or everybody."""

    who: tuple[str, ...]
    lines: list[str]

    def matches(self, seen: Seen) -> bool:
        """Say whether somebody saw just this; buttons may be left out only where the text ends in ``…``."""
        text, buttons = self.parts()
        if not _like(text, seen.text):
            return False
        if not buttons:
            return not seen.buttons or text.endswith("…")
        return _like("\0".join(buttons), "\0".join(seen.buttons))

    def parts(self) -> tuple[str, tuple[str, ...]]:
        """Give text and buttons."""
        *before, last = self.lines
        found = _BUTTONS.search(last)
        if found is None:
            return "\n".join(self.lines), ()
        rest = last[: found.start()].strip()
        return "\n".join([*before, *([rest] if rest else [])]), tuple(re.findall(r"\[([^\[\]]+)\]", found[1]))


def _like(wanted: str, there: str) -> bool:
    return re.fullmatch(r"[\s\S]*".join(map(re.escape, wanted.split("…"))), there) is not None


@dataclass
class Act:
    """Somebody does something (nobody: only time goes by), and what is seen then; ``line`` is its place in the file."""

    line: int
    at: str | None
    who: str | None
    what: str = ""
    expected: list[Expected] = field(default_factory=list)

    def __str__(self) -> str:
        time = self.at or " " * 5
        return f"{time}  {CLOCK}" if self.who is None else f"{time}  {self.who}   > {self.what}"


@dataclass(frozen=True)
class Role:
    """Somebody who is there from the beginning; ``phone`` is False for a member who can't be reached in writing."""

    role: str
    name: str
    phone: bool = True


@dataclass
class Dialogue:
    """A transcript that was read."""

    name: str
    cast: tuple[Role, ...]
    acts: list[Act]


def read(path: Path) -> Dialogue:
    """Read a transcript; ValueError with file and line where it is none."""
    dialogue = Dialogue(path.stem, (), [])
    under: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            under = None
        elif found := _CAST.fullmatch(line):
            dialogue.cast = tuple(_role(one) for one in found["people"].split("、"))
        elif found := _CLOCK.fullmatch(line):
            dialogue.acts.append(Act(number, found["time"], None))
        elif (found := _ENTRY.fullmatch(line)) and found["sign"] == ">":
            dialogue.acts.append(Act(number, found["time"].strip() or None, found["who"], found["text"].strip()))
            under = None
        elif found and dialogue.acts:
            under = [found["text"].strip()]
            dialogue.acts[-1].expected.append(Expected(tuple(found["who"].split("・")), under))
        elif under is not None and line.startswith(" " * 12):
            under.append(line.strip())
        else:
            raise ValueError(f"{path.name}:{number}: this is neither an act nor something seen: {line}")
    return dialogue


def _role(written: str) -> Role:
    role, _, name = written.removesuffix(_WITHOUT_TELEGRAM).partition("の")
    return Role(role, name, phone=not written.endswith(_WITHOUT_TELEGRAM))


def compare(act: Act, seen: list[Seen], everybody: list[str]) -> str:
    """Say what differs between what an act should show and what was seen; empty if nothing does."""
    people = list(dict.fromkeys([*everybody, *(one.who for one in seen), *(w for e in act.expected for w in e.who)]))
    people = [who for who in people if who != EVERYBODY]
    for who in people:
        wanted = [e for e in act.expected if who in e.who or (EVERYBODY in e.who and who in everybody)]
        there = [one for one in seen if one.who == who and one.text not in SILENT_TOASTS]
        if len(wanted) != len(there) or not all(e.matches(s) for e, s in zip(wanted, there, strict=True)):
            wrong = next((s for e, s in zip(wanted, there, strict=False) if not e.matches(s)), None)
            first = f"\nfirst different:\n{wrong}" if wrong else f"\n{len(wanted)} expected, {len(there)} seen"
            return f"line {act.line}: {who} sees something else.{first}\n\nall that was seen:\n{act}\n" + "\n".join(
                str(one) for one in seen if one.text not in SILENT_TOASTS
            )
    return ""
