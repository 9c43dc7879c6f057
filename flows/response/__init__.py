"""What is decided within a run, incident or drill."""
