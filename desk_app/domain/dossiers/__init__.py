"""What happens to a dossier: events, the fold, steps, codes."""
