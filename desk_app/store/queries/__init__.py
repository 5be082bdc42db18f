"""What lists, search and registers read."""
