"""What the office keeps beside dossiers: procedures, days, units, settings, half-filled pages."""
