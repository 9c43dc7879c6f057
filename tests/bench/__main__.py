"""Measure, print one Markdown table, and write ``bench.json``: ``python -m tests.bench [ROW …] [--rounds N]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.bench.figures import HEAD, Figure, Size, line, machine
from tests.bench.rows import chat, commands, growth, journal, many, start, weight

Row = Callable[[Size], Iterator[Figure]]

ROWS: Mapping[str, Row] = {
    "acts": chat.acts,
    "answers": chat.answers,
    "commands": commands.commands,
    "start": start.start,
    "many": many.many,
    "confirming": many.confirming,
    "steps": growth.steps,
    "appends": journal.appends,
    "verify": journal.verify,
    "ticks": growth.ticks,
    "weight": weight.weight,
    "paper": weight.paper,
    "slow_disk": many.slow_disk,
}
"""All rows, what hurts users most first."""


def main() -> None:
    """Measure the rows that are named, or all; a row that fails says so in the table, and the others are measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("row", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="how often each is measured (%(default)s)")
    parser.add_argument("--entries", type=int, default=Size.entries, help="how long a long journal is (%(default)s)")
    parser.add_argument("--acts", type=int, default=Size.acts, help="what people do in a round (%(default)s)")
    parser.add_argument("--small", action="store_true", help="as little as shows that the rows are wired")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="the file to write (%(default)s)")
    given = parser.parse_args()
    if unknown := set(given.row) - set(ROWS):
        parser.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    size = Size.smallest() if given.small else Size(given.rounds, given.entries, given.acts)
    _say(line(HEAD))
    _say(line("---" for _ in HEAD))
    found = {name: _measured(name, ROWS[name], size) for name in given.row or ROWS}
    figures = {name: [figure.as_json() for figure in of_row] for name, of_row in found.items()}
    text = json.dumps({"machine": machine(), "size": vars(size), "rows": figures}, ensure_ascii=False, indent=2)
    given.json.write_text(text + "\n", encoding="utf-8")


def _measured(name: str, row: Row, size: Size) -> list[Figure]:
    """Measure one row and print its lines as they come."""
    found = []
    try:
        for figure in row(size):
            found.append(figure)
            _say(line((name, *figure.cells())))
    except Exception as trouble:  # noqa: BLE001  (an evening's other rows are not thrown away for one)
        _say(line((name, f"failed: {trouble!r}", *[""] * (len(HEAD) - 2))))
    return found


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
