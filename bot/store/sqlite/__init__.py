"""A home kept in one SQLite file: the only room that speaks SQL."""
