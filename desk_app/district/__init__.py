"""The other end: takes in what desks send, keeps it, answers. Knows the protocol and the rules, no desk."""
