"""Tables of the time before this program: looked at, taken in as a whole, taken back as a whole."""
