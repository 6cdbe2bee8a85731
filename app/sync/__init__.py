"""Delivers what officers did, once in effect, and brings the portal's truth back. No Qt, no SQL of its own."""
