"""How long a bundle takes to make and to verify, and how much memory: ``python tests/bench/bench_bundle.py``. Proves nothing."""

from __future__ import annotations

import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import pytest

from bot.bundle.contents import export
from bot.bundle.verification import verify_bundle
from bot.bundle.verifiers.verify import verified
from flows.commands.people import Report
from flows.events.telling import NoteTaken
from flows.record import codec
from flows.record.journal import Draft
from tests.browser import browsing
from tests.bundles import unpacked
from tests.clinic import MORNING, open_clinic


def measured(what: Callable[[], object]) -> str:
    """Give how long something takes, and its peak of memory in a second go (measuring it slows it down)."""
    start = perf_counter()
    what()
    seconds = perf_counter() - start
    tracemalloc.start()
    what()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return f"{seconds:7.2f} s {peak / 1e6:8.1f} MB"


def home_with(folder: Path, entries: int) -> Path:
    """Make a home with an incident of so many entries, half of them another run's."""
    clinic = open_clinic(folder)
    clinic.orders(Report("", "画面に英語"), "reception")
    clinic.orders(Report("", "別の件"), "nurse")
    with clinic.home.journal.writing() as writing:
        for n in range(entries - clinic.home.journal.head().seq):
            at = MORNING + timedelta(seconds=n)
            note = codec.encode(NoteTaken(f"{n}番目のメモ。LANケーブルを抜きました" * 3, timed=True))
            writing.append([Draft(f"incident-{1 + n % 2}", *note, "m3", at)], cause=f"bench:{n}", recorded_at=at)
    clinic.home.close()
    return clinic.home.path


def bench(entries: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "home").mkdir()
        home, out = home_with(folder / "home", entries), folder / "bundle.zip"

        def make() -> object:
            return export(home, "incident-1", out, recipient="police", language="ja")

        say = sys.stdout.write
        say(f"\n{entries:,} entries\n")
        say(f"export               {measured(make)}   {out.stat().st_size / 1e6:.1f} MB on disk\n")
        say(f"tomoshibi verify     {measured(lambda: verify_bundle(out))}\n")
        say(f"verify.py            {measured(lambda: verified(out))}\n")
        (folder / "verify.html").write_bytes(unpacked(out)["verify.html"])
        with browsing() as browser:
            browser.opens(folder / "verify.html")
            start = perf_counter()
            browser.chooses("#chosen", out)
            verdict = browser.asks(
                "new Promise((done) => { const look = () => document.querySelector('#result').dataset.verdict"
                " ? done(document.querySelector('#result').dataset.verdict) : setTimeout(look, 5); look(); })"
            )
            used = browser.asks("performance.memory ? performance.memory.usedJSHeapSize : 0")
            said = json.dumps(verdict)
            say(f"verify.html          {perf_counter() - start:7.2f} s {used / 1e6:8.1f} MB   {said}\n")


@pytest.mark.bench
@pytest.mark.parametrize("entries", [1_000, 10_000])
def test_bench(entries: int) -> None:
    """The cost of a bundle is printed."""
    bench(entries)


if __name__ == "__main__":
    for size in (1_000, 10_000):
        bench(size)
