"""Days on which an office serves otherwise than usual, by a written decision: what they are, and when they apply."""
