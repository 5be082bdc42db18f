"""The worklists of the open desk: their numbers, their rows, the ratios of what was late."""
