"""Telegram, and nothing else speaks to it."""
