"""Money of dossiers: what was paid and given back, its official receipts, the bank's code, the cash of a day. Pure."""
