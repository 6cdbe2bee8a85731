"""Tests; `fakes.py` holds the doubles with behaviour."""
