"""What this desk knows of its district and of colleagues' desks."""
