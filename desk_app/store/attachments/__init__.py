"""Attached files, sealed."""
