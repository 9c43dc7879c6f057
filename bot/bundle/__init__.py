"""The evidence bundle: what leaves the house for one recipient, with the proof that it is unaltered."""
