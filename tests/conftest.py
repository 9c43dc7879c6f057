"""How hard Hypothesis tries, where the tests write, and a cache of our own; everything else a test needs, it names itself."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings

# No deadline: the machines that run this are small and shared, and slowness is what `make bench` looks at.
settings.register_profile("everyday", deadline=None, max_examples=15)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("everyday")

MEMORY = Path("/dev/shm")  # noqa: S108  (Linux has it; elsewhere the tests write where programs write there)
ROOM = 2 << 30
REMEMBERED = Path(__file__).parents[1] / ".pytest_cache" / "remembered"
OLD = 2 * 86400  # seconds before the newest

if "PYTEST_XDIST_WORKER" not in os.environ:  # the processes that share a run share this: the first of them hands it on
    # A home waits for its disk after each act, and a test does dozens: in memory the same calls take no time.
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
    # What is remembered between starts is remembered between runs of the tests, and never taken from whoever runs them.
    REMEMBERED.mkdir(parents=True, exist_ok=True)
    written = {path: path.stat().st_mtime for path in REMEMBERED.rglob("*") if path.is_file()}
    for path in (p for p, at in written.items() if at < max(written.values()) - OLD):
        path.unlink(missing_ok=True)
    os.environ["XDG_CACHE_HOME"] = str(REMEMBERED)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays until the end: half a million objects of modules and tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
