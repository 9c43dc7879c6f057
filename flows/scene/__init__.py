"""The scene as it stands: who is where, how loud it is, and what has to wait."""
