"""What is heard, and to whom it belongs."""
