"""Believable dossiers from a fixed seed."""
