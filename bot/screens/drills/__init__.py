"""How drills are said."""
