"""Commands about the money of dossiers and the cash of a day."""
