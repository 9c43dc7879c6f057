"""How it is said: Telegram, terminal, words, the journal's file, the clock, deliveries and the command line."""
