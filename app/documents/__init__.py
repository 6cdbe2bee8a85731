"""Printed papers: reportlab drawings of plain data, no store and no network."""
