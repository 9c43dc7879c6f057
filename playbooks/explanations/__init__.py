"""The texts for patients."""
