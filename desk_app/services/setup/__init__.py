"""Making a desk, and what ships with the program."""
