"""Syncing at the terminal: with the district, and over a stick."""
