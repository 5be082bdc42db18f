"""What a dossier has to do with others: those received with it as one, and the desk that has its papers."""
