"""The words: phrases in both languages, and what is named in them."""
