"""What people write, read: times, numbers and what a step takes."""
