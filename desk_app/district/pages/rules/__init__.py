"""The page of what the district sets for its communes: service days, procedures held at reception."""
