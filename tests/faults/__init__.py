"""Bugs planted on purpose, to see that the harness can fail."""
