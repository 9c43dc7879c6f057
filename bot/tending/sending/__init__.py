"""What is owed goes out: put into words, together where a channel takes several, at the pace of its line."""
