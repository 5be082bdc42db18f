"""The page on which an office makes its forms."""
