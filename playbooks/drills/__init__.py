"""Kinds, scenarios and measures of drills."""
