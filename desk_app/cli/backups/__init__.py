"""Backups at the terminal."""
