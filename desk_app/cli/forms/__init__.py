"""Forms at the terminal."""
