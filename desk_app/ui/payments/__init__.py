"""Money on the screen: a card on a dossier's page, the counted drawer and the receipt books at the end of a day."""
