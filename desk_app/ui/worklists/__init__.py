"""The day's work as one list, its numbers on the first page, and the ratios of what was late."""
