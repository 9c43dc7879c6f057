"""What somebody who writes while an incident goes on wants of the others."""
