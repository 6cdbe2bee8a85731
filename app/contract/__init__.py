"""The wire between desk and portal: JSON shapes over domain dataclasses, problems, OpenAPI."""
