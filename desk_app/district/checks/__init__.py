"""What the district can prove of itself from its logs, make again from them, and tell of the machine it stands on."""
