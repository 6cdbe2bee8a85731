"""The public command line: one file per noun."""
