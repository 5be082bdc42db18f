"""Pages of figures by commune and day, with the list behind each figure."""
