"""Receiving a dossier, from the card to the event."""
