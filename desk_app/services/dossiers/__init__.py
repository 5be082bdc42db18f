"""Dossiers after reception: found, stepped, corrected, told."""
