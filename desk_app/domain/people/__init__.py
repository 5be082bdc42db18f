"""People and their papers: cards, numbers, addresses."""
