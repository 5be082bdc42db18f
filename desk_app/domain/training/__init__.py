"""Training mode: what tells a desk to practise on from work."""
