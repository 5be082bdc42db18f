"""Taking the money of a dossier, giving it back, its receipts, the cash of a day."""
