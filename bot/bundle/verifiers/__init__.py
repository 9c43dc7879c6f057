"""The two verifiers that every bundle brings along, written apart from the rest so that each checks the other."""
