"""Widgets every screen is built from: each paints from the tokens and knows nothing of dossiers."""
