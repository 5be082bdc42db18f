"""Colours, fonts, icons, Qt's own texts."""
