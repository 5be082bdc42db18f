"""The page of law as data."""
