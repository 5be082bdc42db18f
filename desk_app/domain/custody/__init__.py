"""At which desk of the commune the papers of a dossier are."""
