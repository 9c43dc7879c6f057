"""``python -m tests.torture [--seed N] [--minutes M] [--from N] [--steps K]``: play worlds; a broken law ends with its step.

``--seed`` plays one and prints each step. Otherwise seeds go on, one after the other, for so many minutes.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections import Counter
from functools import partial

import structlog

from tests.torture.world import Broken, played

STEPS = 120


def main() -> int:
    """Do what the command line says; 1 if a law was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, help="play this one and print each step")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--from", dest="first", type=int, default=1, help="the first seed")
    parser.add_argument(
        "--steps", type=int, default=STEPS, help=f"steps of a world ({STEPS}); another number is another world"
    )
    asked = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # so that a seed goes the same way in every process
        os.execve(  # noqa: S606
            sys.executable,
            [sys.executable, "-m", "tests.torture", *sys.argv[1:]],
            {**os.environ, "PYTHONHASHSEED": "0"},
        )
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    say = partial(print, end="", flush=True)
    if asked.seed is not None:
        try:
            say(f"{played(asked.seed, asked.steps, tell=lambda line: say(line + chr(10)))}\n")
        except Broken as broken:
            say(f"{broken}\n")
            return 1
        return 0
    seed, hours, faults, broken_seeds = asked.first, 0.0, Counter[str](), list[int]()
    until = time.monotonic() + asked.minutes * 60
    while time.monotonic() < until:
        try:
            came = played(seed, asked.steps)
        except Broken as broken:
            broken_seeds.append(seed)
            say(f"{broken}\n")
        else:
            hours, faults = hours + came.hours, faults + came.faults
            say(
                f"{seed}: {came.hours:.1f} h, {came.acts} acts, {came.entries} entries, {came.sent} sent, {came.faults.total()} faults\n"
            )
        sys.stdout.flush()
        seed += 1
    say(f"{seed - asked.first} seeds, {hours:.1f} incident-hours, broken: {broken_seeds or 'none'}\n")
    say("".join(f"  {count:5} {name}\n" for name, count in sorted(faults.items())))
    return bool(broken_seeds)


if __name__ == "__main__":
    raise SystemExit(main())
