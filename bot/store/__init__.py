"""What is kept on disk: the home file, the journal in it, deliveries, seals, and the proof that nothing was altered."""
