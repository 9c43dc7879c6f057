"""First words: what whoever reports something is told at once."""
