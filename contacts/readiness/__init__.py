"""Who can be called, what is missing, what time made stale."""
