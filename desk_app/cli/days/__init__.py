"""The commands for service days and for procedures held at reception."""
