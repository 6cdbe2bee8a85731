"""The head's own pages: who stands in for whom, and what lies unsent on other desks."""
