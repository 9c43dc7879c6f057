"""The rows of the bench, a function each."""
