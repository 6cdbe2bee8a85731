"""A real portal server with the same API, for demos, training and tests."""
