"""A made-up clinic on a stage."""
