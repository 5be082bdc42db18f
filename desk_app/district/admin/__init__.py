"""What the person who runs a district does: settings, users, backups, how every desk stands."""
