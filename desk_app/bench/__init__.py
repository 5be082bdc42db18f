"""How fast the desk is, always as a ratio to a floor measured in the same run: machines differ, ratios travel."""
