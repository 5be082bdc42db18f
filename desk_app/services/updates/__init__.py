"""A new version of the program: taken from a stick or the district, tried, settled, or given back."""
