"""Commands of a dossier's life after reception: the table of steps, inner steps, notes for colleagues."""
