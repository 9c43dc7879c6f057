"""What people see: scenes, buttons, and a view for each message."""
