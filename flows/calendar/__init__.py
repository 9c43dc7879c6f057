"""What is decided about drills that are still to come."""
