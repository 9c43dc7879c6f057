"""What a playbook must be before anybody relies on it."""
