"""The classic mistakes at the counter, each a rule of its own: what was entered against itself, never against taste."""
