"""An official text with dotted blanks becomes a draft form, for a person to look through."""
