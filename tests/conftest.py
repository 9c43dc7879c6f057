"""How hard Hypothesis tries, and a cache of our own; everything else a test needs, it names itself."""

from __future__ import annotations

import os
from tempfile import mkdtemp

from hypothesis import settings

# No deadline: the machines that run this are small and shared, and slowness is what `make bench` looks at.
settings.register_profile("everyday", deadline=None, max_examples=25)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("everyday")

# What is remembered between starts is remembered within one run of the tests, and never taken from the person who runs them.
# The processes that share a run share it: the first of them to load this file hands it on.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["XDG_CACHE_HOME"] = mkdtemp(prefix="tomoshibi-cache-")
