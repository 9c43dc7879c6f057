"""How a run is said."""
