"""How the facility's own affairs are said."""
