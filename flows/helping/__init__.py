"""Whoever doesn't know what a step means is never passed over: somebody comes, or it stays undone by name."""
