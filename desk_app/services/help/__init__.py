"""What helps a clerk to help themselves: the manual, the sheet of keys, what is new."""
