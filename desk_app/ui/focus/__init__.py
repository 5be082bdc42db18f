"""Where the focus is and goes."""
