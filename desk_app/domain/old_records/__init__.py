"""People and dossiers of the time before this program, as tables of other programs have them. Pure."""
