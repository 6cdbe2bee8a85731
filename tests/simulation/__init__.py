"""Whole desks, portal and citizens in one thread, driven by one seed: what happened once happens again."""
