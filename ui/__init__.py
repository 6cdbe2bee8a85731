"""The windows: Qt only, everything else comes from ``app.services``."""
