"""Procedures that are held at reception for a time: what a hold says, and which one decides."""
