"""Commands about which desk of the commune has a dossier."""
