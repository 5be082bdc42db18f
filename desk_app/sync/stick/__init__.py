"""The same frames as files on a stick."""
