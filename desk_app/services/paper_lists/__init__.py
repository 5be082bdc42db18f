"""Lists of many dossiers: made, numbered, drawn, printed."""
