"""What the citizen is told of a dossier: on which occasions, in which words, and whether it came there. Pure."""
