"""Who else writes: devices, the district, what is known of each."""
