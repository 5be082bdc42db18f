"""Procedures handed in as one: which bundles there are, receiving one, and the whole that its dossiers are."""
