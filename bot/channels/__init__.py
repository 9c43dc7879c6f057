"""The ways to reach people and to hear them; no workflow lives in any of them."""
