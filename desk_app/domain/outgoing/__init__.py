"""What leaves the office on paper: numbers, the course of a dossier, replaced slips, lists of many dossiers."""
