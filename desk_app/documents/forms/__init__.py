"""What a form is and what it asks."""
