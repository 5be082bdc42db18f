"""What the district tells its desks: announcements, law as data, decisions, erasures."""
