"""How long a document takes and how much memory: the timeline of a run of 1,000 and of 10,000 entries, in each form.

``python -m tests.bench.bench_documents``. Prints, proves nothing. Each is made in a process of its own, so that the peak
is its own; the second number is Pandoc's.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import pytest

from bot.documents.kinds import make
from bot.documents.source import Source
from bot.home import Home
from flows.events.telling import NoteTaken
from flows.record import codec
from flows.record.journal import Draft
from tests.bench.bench_engine import NINE, Clinic

SIZES = (1_000, 10_000)
MADE = (("timeline", "md"), ("timeline", "html"), ("timeline", "docx"), ("timeline", "pdf"), ("after_action", "pdf"))
NOTE = "9:10 ベンダーに電話した、10時半までに折り返し。<b>画面</b>には | $ENGLISH$ の文が出ている"


def grow(folder: Path, entries: int) -> str:
    """Make a home with one run of so many entries; gives the run."""
    clinic = Clinic(folder)
    more = entries - sum(1 for _ in clinic.journal.entries(run=clinic.run))
    with clinic.journal.writing() as writing:
        note = Draft(clinic.run, *codec.encode(NoteTaken(NOTE, timed=False)), clinic.members[0], NINE)
        writing.append([note] * more, cause="grown", recorded_at=NINE)
    clinic.journal.close()
    return clinic.run


def one(home: Path, run: str, kind: str, form: str) -> None:
    """Make one document and print seconds, bytes and the peaks of memory (MiB) of this process and of Pandoc."""
    opened = Home(home)
    start = perf_counter()
    source = Source.of(opened.engine, run, "ja")
    made = make(source, kind, form)  # type: ignore[arg-type]
    took = perf_counter() - start
    own, pandoc = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sys.stdout.write(
        f"{kind:14}{form:6}{took:8.2f} s {len(made) / 2**20:8.2f} MiB   peak {own:6.0f} + {pandoc:6.0f} MiB\n"
    )


def bench() -> None:
    """Measure and print."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            run = grow(Path(folder), size)
            sys.stdout.write(f"{size:,} entries\n")
            sys.stdout.flush()
            for kind, form in MADE:
                subprocess.run(
                    [sys.executable, "-m", "tests.bench.bench_documents", folder, run, kind, form], check=True
                )


@pytest.mark.bench
def test_bench() -> None:
    """The documents' speed is printed."""
    bench()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(Path(sys.argv[1]), *sys.argv[2:])
    else:
        bench()
