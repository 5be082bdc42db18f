"""Backups of a desk: made, proved, listed, rotated, tried out and brought back."""
