"""Tiếp nhận tại quầy: the one screen for a dossier brought in person."""
