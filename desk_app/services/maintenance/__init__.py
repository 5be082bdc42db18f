"""Keeping a desk sound, and its recovery code."""
