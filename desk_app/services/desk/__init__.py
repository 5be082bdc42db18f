"""The open desk, its settings and surroundings."""
