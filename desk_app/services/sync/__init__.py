"""Exchanging with the district and other desks, for window and terminal."""
