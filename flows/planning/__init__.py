"""On which days a drill will do: pure reckoning with dates."""
