"""The ways in and out: HTTPS and sticks."""
