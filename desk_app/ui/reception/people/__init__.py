"""Who is in a reception: the applicant, the others by role, cards, memory, families."""
