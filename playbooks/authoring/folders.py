"""Where playbooks lie: those that come along, and a facility's own."""

from __future__ import annotations

from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "library"
"""The playbooks that come along."""

OWN = "playbooks"
"""The folder of a facility's own playbooks inside its home."""
