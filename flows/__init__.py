"""What is happening: commands, events, state machines, the journal chain; pure and synchronous."""
