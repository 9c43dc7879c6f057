"""What is decided about the facility itself."""
