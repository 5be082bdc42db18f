"""The lists that let no dossier be late in silence: which there are, which dossiers stand in them. Pure."""
