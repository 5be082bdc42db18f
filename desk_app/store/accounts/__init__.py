"""Who works at this desk, and what they did beside the journal."""
