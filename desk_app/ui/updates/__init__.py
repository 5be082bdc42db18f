"""New versions of the program: taken from a stick or from what the district sent."""
