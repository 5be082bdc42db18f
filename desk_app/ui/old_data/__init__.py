"""The page of old data: tables looked at and taken in, imports taken back, old dossiers found."""
