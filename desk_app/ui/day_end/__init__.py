"""The page of the close of a day."""
