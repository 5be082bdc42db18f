"""Where ink goes: layout text, lines, tables, pages of marks. Pure."""
