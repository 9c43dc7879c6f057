"""Records, reviews, the year's sheet, what hangs on the wall."""
