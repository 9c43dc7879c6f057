"""Backups of a home: one encrypted file that can be restored on another machine, and proof that it can."""
