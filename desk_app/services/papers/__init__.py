"""Papers of a dossier: drawn, printed, printed again."""
