"""From Markdown to paper."""
