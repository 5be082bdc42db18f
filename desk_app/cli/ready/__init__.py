"""Commands for whoever sets a machine up."""
