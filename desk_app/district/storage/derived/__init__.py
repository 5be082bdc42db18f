"""The tables that the frames make."""
