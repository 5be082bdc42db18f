"""Forms that an office makes itself: drafted from an official text, published, taken back, bound to procedures."""
