"""The measuring bench: each figure beside its peer in the same run. See README.md; ``make bench``."""
