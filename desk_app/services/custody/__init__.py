"""At which desk the papers of a dossier are: handing them on, taking them over, who has what."""
