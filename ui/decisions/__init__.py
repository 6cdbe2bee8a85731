"""Cần xem lại: what a human must decide."""
