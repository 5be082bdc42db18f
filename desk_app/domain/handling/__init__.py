"""How a dossier is handled after reception: which step when, who has it until when, what a step must be told."""
