"""What is handed to authorities, police, vendors and patients."""
