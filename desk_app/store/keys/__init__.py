"""Keys that open the desk."""
