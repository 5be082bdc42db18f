"""Telling the citizen, on a dossier's page."""
