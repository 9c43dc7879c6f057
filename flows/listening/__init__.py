"""What people want of each other while a run goes on: pleas and their answers, steps handed on, answers taken back."""
