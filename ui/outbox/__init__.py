"""Chờ gửi: what waits on this machine."""
