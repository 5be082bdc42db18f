"""Commands of the day's work and of telling citizens."""
