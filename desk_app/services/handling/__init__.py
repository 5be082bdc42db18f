"""Handling a dossier after reception: what a step is told, who has it until when, visits, notes for colleagues."""
