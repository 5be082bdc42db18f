"""The services as the window calls them, bound to an open desk."""
