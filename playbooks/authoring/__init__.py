"""Files that a person wrote, read with all their mistakes at once."""
