"""What people write, read and written back."""
