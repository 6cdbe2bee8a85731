"""Một Cửa without its windows: rules, store, sync, portal, documents, sandbox, command line (no Qt here)."""

__version__ = "0.1.0"
