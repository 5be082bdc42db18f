"""Files of an official text, read with bounds."""
