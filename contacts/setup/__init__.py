"""What set-up asks, and what its answers enter."""
