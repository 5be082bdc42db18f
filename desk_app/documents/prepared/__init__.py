"""The page on which citizens prepare a declaration at home, and how a form's questions become digits."""
