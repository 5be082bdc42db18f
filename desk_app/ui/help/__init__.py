"""The help of the window: the manual, the sheet of keys, what is new."""
