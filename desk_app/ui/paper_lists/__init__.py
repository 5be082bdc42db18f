"""The page of lists of many dossiers."""
