"""Filing in a system that is not ours: what was typed here once, in the order and the code of that system."""
