"""What the office set for certain days and procedures: service days, and procedures held at reception."""
