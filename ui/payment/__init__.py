"""Money taken in person."""
