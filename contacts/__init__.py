"""Who does it: people with their roles and deputies, vendors, authorities, and the facility's hours."""
