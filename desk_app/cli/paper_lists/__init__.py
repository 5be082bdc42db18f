"""Commands of lists of many dossiers."""
