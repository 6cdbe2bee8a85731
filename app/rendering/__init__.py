"""Turns untrusted PDF and image bytes into pixels in a child process that may die."""
