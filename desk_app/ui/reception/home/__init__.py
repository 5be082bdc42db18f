"""Declarations prepared at home, read into the reception page."""
