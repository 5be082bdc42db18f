"""The district's own events: written and signed, and what they do to its own tables."""
