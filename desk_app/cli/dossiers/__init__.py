"""Commands about dossiers: received, stepped, found, printed."""
