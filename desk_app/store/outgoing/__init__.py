"""Outgoing numbers and lists of many dossiers, read from the journal."""
