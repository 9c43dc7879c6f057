"""The whole bot in one process on a clock that is moved: people who behave badly, a world that fails, and laws that hold all the same.

Not the slow human's mornings of :mod:`tests.world`, which measure how long things take: here nothing is measured but
whether something was lost, doubled, shown to the wrong person, or stood still. All chance comes from one seed.
"""
