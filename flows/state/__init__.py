"""What the entries come to: a run, the house, the calendar; only replay changes them."""
