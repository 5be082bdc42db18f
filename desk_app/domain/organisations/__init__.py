"""Organisations and household businesses as dossiers speak of them."""
