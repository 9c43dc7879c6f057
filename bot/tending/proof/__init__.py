"""What proves the record to others: seals of its head, and what somebody elsewhere says of their time."""
