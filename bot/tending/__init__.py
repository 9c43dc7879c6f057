"""What goes on by itself: messages out, seals, evidence and workbooks fetched, the tick."""
