"""How the district's data lies on the disk: what is sealed, by which key, and how plain data are carried over."""
