"""Tries whether this installation is whole, without a desk: what `--selftest` of every program carries out."""
