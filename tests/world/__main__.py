"""``python -m tests.world --seeds 1-200 [--jobs 2] [--json FILE] [--watch SEED]``: play mornings and print what they came to."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.world.figures import YARDSTICK, figures, played, table, yardstick
from tests.world.play import morning


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("--seeds", default="1-20", help="such as 1-200")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    parser.add_argument("--json", type=Path, help="a file to keep the figures in")
    parser.add_argument("--watch", type=int, help="print one morning, line by line, instead")
    asked = parser.parse_args()
    say = sys.stdout.write
    if asked.watch is not None:
        with TemporaryDirectory() as folder:
            seen = asyncio.run(morning(asked.watch, Path(folder), watch=lambda line: print(line, flush=True)))  # noqa: T201
        say(f"{seen.came}\n{seen.unanswered}\n")
        return
    first, _, last = asked.seeds.partition("-")
    found = figures(played(range(int(first), int(last or first) + 1), asked.jobs)) | {"seeds": asked.seeds}
    if asked.json:
        asked.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say("\n".join(table(found, yardstick() if YARDSTICK.exists() else None)) + "\n")


if __name__ == "__main__":
    main()
