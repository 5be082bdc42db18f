"""A round: what is sent, taken in, compared and noted."""
