"""The money that the communes' desks took, as their logs tell it."""
