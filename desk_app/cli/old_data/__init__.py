"""The commands for tables of before this program, and for filing in other systems."""
