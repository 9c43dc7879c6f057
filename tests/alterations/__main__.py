"""``python -m tests.alterations [--count N] [--from N]``: alter a home and a bundle in so many ways; a table by kind; 1 if one was missed."""

from __future__ import annotations

import argparse

from tests.alterations.trying import Came, tried


def table(came: Came) -> str:
    """Show how often each kind was tried and found."""
    rows = [f"| {name} | {one.count} | {one.found} | {one.missed[:3] or ''} |" for name, one in sorted(came.items())]
    return "\n".join(["| altered | times | found | missed seeds |", "| --- | --- | --- | --- |", *rows])


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.alterations", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first seed")
    asked = parser.parse_args()
    findable, beyond = tried(asked.count, asked.first)
    print(f"{table(findable)}\n\nWhat can't be found:\n\n{table(beyond)}")  # noqa: T201
    return any(one.missed for one in findable.values())


if __name__ == "__main__":
    raise SystemExit(main())
