"""What is heard inside a run."""
