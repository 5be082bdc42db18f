"""The district's keys and certificate at rest."""
