"""Procedures handed in together: what a bundle of them is, when each is due, how far the whole is."""
