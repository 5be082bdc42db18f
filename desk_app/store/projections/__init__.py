"""Rows made from folded dossiers, so that lists and search need not fold."""
