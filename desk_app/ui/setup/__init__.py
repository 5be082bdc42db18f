"""Pages before the desk is open."""
