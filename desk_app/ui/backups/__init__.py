"""Backups in the window: the card in the settings, the work by itself, the way back."""
