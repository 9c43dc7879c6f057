"""What the registry holds, a shape a file."""
