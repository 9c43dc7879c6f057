"""The player as a slow human in a world: an incident measured by what is true of cables, disks and people, not by the journal.

People read at their speed, put the phone away, are with patients, pull the wrong lead and tick what wasn't done. They know
only what their screen says. ``python -m tests.world --seeds 1-200`` prints the figures beside those of a1988d0.
"""
