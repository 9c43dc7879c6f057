"""How long what is kept beside the record stays."""
