"""Rows of sheets against rows of the registry."""
