"""Copies of the database: whole images, increments to them, and what proves and applies both."""
