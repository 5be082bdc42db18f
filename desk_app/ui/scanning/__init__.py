"""Scanners told from hands."""
