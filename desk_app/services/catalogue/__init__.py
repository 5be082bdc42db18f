"""The law as data: procedures, days off, administrative units."""
