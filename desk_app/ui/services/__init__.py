"""What the window may ask, as records of functions."""
