"""The reporting law as data, and its computation."""
