"""The update file: one file with a new version of the program, signed by those who release it."""
