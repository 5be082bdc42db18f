"""What scanners send, and how it reaches the program."""
