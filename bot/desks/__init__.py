"""What people ask of the bot itself, a topic a desk."""
