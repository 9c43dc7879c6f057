"""What buttons ask of the bot itself, by topic."""
