"""Reports: each declares itself in a module of its own; `kinds` lists them."""
