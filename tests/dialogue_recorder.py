"""Writes down what a transcript's acts show now: ``python -m tests.dialogue_recorder FILE [--whole]``.

Acts that show what the file says keep their lines as they are written; the others get what was seen on Telegram, long
messages cut after two lines. Read what has changed before you believe it. With ``--whole`` the file stays as it is, and
the whole play is printed, nothing left out.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.dialogue_player import Play, play
from tests.dialogue_script import EVERYBODY, SILENT_TOASTS, Act, Seen

WHOLE_LINES = 3
"""A message of so many lines is written whole; of a longer one, the first two."""


@dataclass
class Entry:
    """One message, seen by several people."""

    seen: Seen
    who: list[str] = field(default_factory=list)

    def written(self, everybody: list[str], *, whole: bool) -> str:
        """Give it as lines of a transcript."""
        who = EVERYBODY if len(everybody) > 1 and sorted(self.who) == sorted(everybody) else "・".join(self.who)
        lines = self.seen.text.splitlines()
        if whole or len(lines) <= WHOLE_LINES:
            return str(Seen(who, self.seen.text, self.seen.buttons))
        if lines[1].startswith(("指揮: ", "In command: ")):  # a board: it says the same to everybody, and too much here
            return str(Seen(who, f"{lines[0]}…"))
        return str(Seen(who, "\n".join([*lines[:2], "…"]), self.seen.buttons))


def entries(seen: list[Seen]) -> list[Entry]:
    """Put together what several people saw alike, each person's messages staying in their order."""
    found: list[Entry] = []
    for one in seen:
        if one.text in SILENT_TOASTS:
            continue
        after = max((place for place, entry in enumerate(found) if one.who in entry.who), default=-1)
        alike = (e for e in found[after + 1 :] if (e.seen.text, e.seen.buttons) == (one.text, one.buttons))
        entry = next(alike, None)
        if entry is None:
            found.append(entry := Entry(one))
        entry.who.append(one.who)
    return found


def as_written(act: Act, seen: list[Seen], everybody: list[str], *, whole: bool = False) -> list[str]:
    """Give an act and what it showed as lines of a transcript."""
    return [str(act), *(line for e in entries(seen) for line in e.written(everybody, whole=whole).splitlines())]


def recorded(text: str, played: Play) -> str:
    """Give the transcript with the lines of those acts renewed that show something else now."""
    lines = text.splitlines()
    starts = [act.line - 1 for act, _ in played.seen]
    ends = [*starts[1:], next((a.line - 1 for a in played.dialogue.acts if a.line - 1 > starts[-1]), len(lines))]
    new = lines[: starts[0]]
    for (act, seen), start, end in zip(played.seen, starts, ends, strict=True):
        if act.line not in played.differences:
            new += lines[start:end]
            continue
        body = lines[start:end]
        kept = next((n for n, line in enumerate(body[1:], 1) if not line.strip() or line.startswith("#")), len(body))
        new += as_written(act, seen, played.present[act.line]) + body[kept:]
    new += lines[ends[-1] :]
    return "\n".join(new) + "\n"


def main() -> None:
    """Renew a transcript, or print it whole."""
    path, whole = Path(sys.argv[1]), "--whole" in sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(play(path, "telegram", Path(folder), to_the_end=True))
    if whole:
        for act, seen in played.seen:
            sys.stdout.write("\n".join(as_written(act, seen, played.present[act.line], whole=True)) + "\n\n")
    else:
        path.write_text(recorded(path.read_text(encoding="utf-8"), played), encoding="utf-8")
        sys.stdout.write(f"{len(played.differences)} of {len(played.seen)} acts renewed\n")
    sys.stdout.write(f"{played.stopped}\n" if played.stopped else "")


if __name__ == "__main__":
    main()
