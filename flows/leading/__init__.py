"""Who runs it: calls by voice, steps and command given to others, what is taken back, and what whoever leads reads."""
