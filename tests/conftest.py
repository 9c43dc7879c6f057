"""How hard Hypothesis tries; everything else a test needs, it names itself."""

from __future__ import annotations

from hypothesis import settings

# No deadline: the machines that run this are small and shared, and slowness is what `make bench` looks at.
settings.register_profile("everyday", deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("everyday")
