"""What a person may set: each setting declared once, read, checked and changed."""
