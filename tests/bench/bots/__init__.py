"""The bots that are compared, each started as a process: ``python -m tests.bench.bots.echo URL limits HOME``."""
