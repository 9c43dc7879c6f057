"""What to do: playbooks as data, the reader that checks them, triage signs and reporting duties."""
